use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::collections::BTreeSet;
use uuid::Uuid;

fn id(n: u128) -> VisitId {
    VisitId(Uuid::from_u128(n))
}

fn place(longitude_e6: i32, latitude_e6: i32) -> Place {
    Place { longitude_e6, latitude_e6 }
}

/// On a street that runs east, so many hundreds of metres from its beginning.
fn street(hundreds: i32) -> Place {
    place(121_500_000 + hundreds * 1_036, 29_860_000)
}

fn free(n: u128, place: Place) -> Stop {
    Stop { id: id(n), place: Some(place), at_minute: None, minutes: 30 }
}

fn fixed(n: u128, place: Place, at_minute: u16) -> Stop {
    Stop { at_minute: Some(at_minute), ..free(n, place) }
}

fn unplaced(stop: Stop) -> Stop {
    Stop { place: None, ..stop }
}

fn ids(route: &Route) -> Vec<u128> {
    route.legs.iter().map(|leg| leg.to.0.as_u128()).collect()
}

#[test]
fn distances_are_those_of_the_map() {
    for (from, to, expected) in [
        (place(121_500_000, 29_860_000), place(121_500_000, 29_860_000), 0),
        (place(0, 0), place(0, 1_000_000), 111_195),
        (place(0, 0), place(1_000_000, 0), 111_195),
        (place(0, 60_000_000), place(1_000_000, 60_000_000), 55_598),
        (place(179_500_000, 0), place(-179_500_000, 0), 111_195),
        // All meridians meet, but for the end of the series.
        (place(0, 90_000_000), place(90_000_000, 90_000_000), 5),
        // Shanghai to Ningbo, across the bay.
        (place(121_473_700, 31_230_400), place(121_549_900, 29_868_300), 151_634),
        // What no map has does not panic either.
        (place(i32::MAX, i32::MAX), place(i32::MIN, i32::MIN), 20_207_740),
    ] {
        assert_eq!(metres(from, to), expected, "{from:?} {to:?}");
    }
}

#[test]
fn stops_come_in_the_order_of_the_street() {
    let stops = [3, 1, 4, 2].map(|n: i32| free(n.unsigned_abs().into(), street(n)));
    let from_its_beginning = order(&stops, Some(street(0)));
    assert_eq!(ids(&from_its_beginning), [1, 2, 3, 4]);
    assert_eq!(from_its_beginning.legs.iter().map(|leg| leg.metres).collect::<Vec<_>>(), [Some(100); 4]);
    assert_eq!(ids(&order(&stops, Some(street(9)))), [4, 3, 2, 1]);
    // From nowhere both ends are as good: the lower id begins, and the way to it has no length.
    let from_nowhere = order(&stops, None);
    assert_eq!((ids(&from_nowhere), from_nowhere.metres), (vec![1, 2, 3, 4], 300));
    assert_eq!(from_nowhere.legs[0].metres, None);
}

#[test]
fn a_day_is_ordered_by_its_rules() {
    let (at, nine, noon, three) = (street, 540, 720, 900);
    let cases: [(&str, Vec<Stop>, &[u128]); 11] = [
        ("nothing", vec![], &[]),
        ("one", vec![free(1, at(5))], &[1]),
        ("fixed ones by time, however far", vec![fixed(1, at(1), three), fixed(2, at(9), nine)], &[2, 1]),
        ("of one minute by id", vec![fixed(2, at(1), nine), fixed(1, at(9), nine)], &[1, 2]),
        (
            "free ones on the way there or back, as the ids say",
            vec![free(5, at(5)), free(6, at(2)), fixed(1, at(8), nine), fixed(2, at(0), noon)],
            &[1, 5, 6, 2],
        ),
        (
            "free ones before, between and behind",
            vec![
                fixed(1, at(3), nine),
                fixed(2, at(6), noon),
                free(5, at(9)),
                free(6, at(4)),
                free(7, at(1)),
            ],
            &[7, 1, 6, 2, 5],
        ),
        (
            "without coordinates behind whom they followed",
            vec![free(4, at(4)), unplaced(free(9, at(0))), unplaced(free(8, at(0))), free(2, at(2))],
            &[2, 4, 9, 8],
        ),
        (
            "without coordinates and first",
            vec![unplaced(free(9, at(0))), free(4, at(4)), free(2, at(2))],
            &[9, 2, 4],
        ),
        (
            "a time without coordinates keeps the order of times",
            vec![unplaced(fixed(9, at(0), noon)), fixed(1, at(8), nine), fixed(2, at(1), three)],
            &[1, 9, 2],
        ),
        (
            "and moves no further than that asks",
            vec![fixed(1, at(5), nine), free(3, at(7)), unplaced(fixed(9, at(0), noon)), free(4, at(9))],
            &[1, 3, 9, 4],
        ),
        ("nobody has coordinates", [3, 1, 2].map(|n| unplaced(free(n, at(0)))).to_vec(), &[3, 1, 2]),
    ];
    for (why, stops, expected) in cases {
        assert_eq!(ids(&order(&stops, Some(street(0)))), expected, "{why}");
    }
}

#[test]
fn minutes_are_those_of_the_road_and_of_the_visits() {
    // 10 km, by road 13, at 25 km/h 31.2 minutes.
    let far = order(&[free(1, street(100))], Some(street(0)));
    assert_eq!((far.metres, far.travel_minutes, far.visit_minutes, far.minutes()), (9_990, 32, 30, 62));
    // The way to a stop nobody can find has no length; the next is measured from where one was.
    let stops = [free(1, street(1)), unplaced(free(2, street(0))), free(3, street(3))];
    let route = order(&stops, Some(street(0)));
    assert_eq!(route.legs.iter().map(|leg| leg.metres).collect::<Vec<_>>(), [Some(100), None, Some(200)]);
    assert_eq!(order(&[], None), Route::default());
    assert_eq!(order(&[Stop { minutes: u16::MAX, ..free(1, street(1)) }], None).minutes(), 65_535);
}

#[test]
fn many_stops_are_ordered_and_too_many_left_alone() {
    // Back and forth along the street.
    let many = |count: i32| -> Vec<Stop> {
        (0..count)
            .map(|n| free(n.unsigned_abs().into(), street(if n % 2 == 0 { n } else { count - n })))
            .collect()
    };
    let stops = many(20);
    let route = order(&stops, Some(street(0)));
    assert_eq!(route.metres, route_as_given(&sorted_along(&stops), Some(street(0))).metres);
    let max = i32::try_from(limits::ROUTE_STOPS_MAX).expect("a small number");
    assert!(order(&many(max), None).metres < route_as_given(&many(max), None).metres);
    let left_alone = many(max + 1);
    assert_eq!(order(&left_alone, None), route_as_given(&left_alone, None));
}

fn sorted_along(stops: &[Stop]) -> Vec<Stop> {
    let mut sorted = stops.to_vec();
    sorted.sort_by_key(|stop| stop.place.map(|place| place.longitude_e6));
    sorted
}

fn route_as_given(stops: &[Stop], start: Option<Place>) -> Route {
    route(&in_time_order(stops), start)
}

/// Within some 20 km, often on the same spot.
fn any_place() -> impl Strategy<Value = Place> {
    let anywhere = (0_i32..200_000, 0_i32..200_000);
    let grid = (0_i32..4, 0_i32..4).prop_map(|(east, north)| (east * 10_000, north * 10_000));
    prop_oneof![anywhere, grid].prop_map(|(east, north)| place(121_400_000 + east, 29_800_000 + north))
}

/// Without coordinates are so many of a hundred.
fn any_stops(count: usize, unplaced: u8) -> impl Strategy<Value = Vec<Stop>> {
    let time = proptest::option::weighted(0.3, (0_u16..6).prop_map(|hour| 540 + hour * 60));
    let place = (0_u8..100, any_place()).prop_map(move |(n, place)| (n >= unplaced).then_some(place));
    let stop = (place, time, 0_u16..90);
    vec(stop, 0..=count)
        .prop_map(|stops| {
            (1..)
                .zip(stops)
                .map(|(n, (place, at_minute, minutes))| Stop { id: id(n), place, at_minute, minutes })
                .collect::<Vec<_>>()
        })
        .prop_shuffle()
}

fn keeps_the_rules(stops: &[Stop], start: Option<Place>) -> TestCaseResult {
    let found = order(stops, start);
    let went: Vec<&Stop> = (found.legs.iter())
        .map(|leg| stops.iter().find(|stop| stop.id == leg.to).expect("a stop of the day"))
        .collect();
    prop_assert_eq!(found.legs.len(), stops.len());
    prop_assert_eq!(went.iter().map(|stop| stop.id).collect::<BTreeSet<_>>().len(), stops.len());
    let times: Vec<_> = went.iter().filter(|stop| stop.is_fixed()).map(|stop| stop.time()).collect();
    prop_assert!(times.is_sorted());
    prop_assert!(found.metres <= route_as_given(stops, start).metres);
    prop_assert_eq!(found.metres, found.legs.iter().filter_map(|leg| leg.metres).map(u64::from).sum::<u64>());
    // Asked again it never gets longer.
    let again: Vec<Stop> = went.into_iter().copied().collect();
    prop_assert!(order(&again, start).metres <= found.metres);
    Ok(())
}

/// The shortest way past all that are left, tried one by one.
fn shortest_of_all(here: Option<Place>, fixed: &[&Stop], free: &[&Stop]) -> u64 {
    let go = |to: &Stop, fixed: &[&Stop], free: &[&Stop]| {
        let leg = here.zip(to.place).map_or(0, |(from, to)| metres(from, to));
        u64::from(leg) + shortest_of_all(to.place, fixed, free)
    };
    let to_fixed = fixed.split_first().map(|(next, rest)| go(next, rest, free));
    let to_free = (0..free.len()).map(|at| {
        let rest = [&free[..at], &free[at + 1..]].concat();
        go(free[at], fixed, &rest)
    });
    to_fixed.into_iter().chain(to_free).min().unwrap_or(0)
}

proptest! {
    #[test]
    fn any_day_keeps_the_rules(stops in any_stops(10, 20), start in proptest::option::of(any_place())) {
        keeps_the_rules(&stops, start)?;
    }

    #[test]
    fn a_full_day_keeps_the_rules(stops in any_stops(40, 5), start in proptest::option::of(any_place())) {
        keeps_the_rules(&stops, start)?;
    }

    #[test]
    fn the_given_order_does_not_matter_where_all_have_coordinates(
        (stops, shuffled) in any_stops(EXACT_STOPS_MAX, 0)
            .prop_flat_map(|stops| (Just(stops.clone()), Just(stops).prop_shuffle())),
        start in proptest::option::of(any_place()),
    ) {
        prop_assert_eq!(order(&stops, start), order(&shuffled, start));
    }

    #[test]
    fn few_stops_go_the_shortest_way(stops in any_stops(6, 0), start in proptest::option::of(any_place())) {
        let (fixed, free): (Vec<&Stop>, Vec<&Stop>) =
            in_time_order(&stops).into_iter().partition(|stop| stop.is_fixed());
        prop_assert_eq!(order(&stops, start).metres, shortest_of_all(start, &fixed, &free));
    }

    #[test]
    fn distances_are_the_great_circles_within_half_a_percent(
        latitude in -70.0..70.0_f64, longitude in -180.0..180.0_f64,
        north in -1.27..1.27_f64, east in -1.27..1.27_f64,
    ) {
        let east = east / latitude.to_radians().cos();
        #[expect(clippy::cast_possible_truncation, reason = "degrees fit")]
        let e6 = |degrees: f64| (degrees * 1e6).round() as i32;
        let from = place(e6(longitude), e6(latitude));
        let to = place(e6(longitude + east), e6(latitude + north));
        let radians = |e6: i32| (f64::from(e6) / 1e6).to_radians();
        let half = |a: i32, b: i32| ((radians(a) - radians(b)) / 2.0).sin().powi(2);
        let cosines = radians(from.latitude_e6).cos() * radians(to.latitude_e6).cos();
        let chord = half(from.latitude_e6, to.latitude_e6) + cosines * half(from.longitude_e6, to.longitude_e6);
        let exact = 2.0 * 6_371_008.8 * chord.sqrt().asin();
        let found = f64::from(metres(from, to));
        prop_assert!((found - exact).abs() <= exact * 0.005 + 1.0, "{} {}", found, exact);
        prop_assert_eq!(metres(from, to), metres(to, from));
    }
}
