//! A ladder as a line: one piece a tier, the lowest at the left. Lines are far apart by orders of magnitude, so pieces
//! are drawn by the logarithm; a line nobody has said is drawn as a gap.

use super::faults::exact;
use crate::i18n::{comma, fill};
use crate::words::rules::scheme as words;
use domain::tier::{Bound, TierScheme};
use leptos::prelude::*;

/// Of the drawing.
const WIDTH: f64 = 1_000.0;
/// No piece is narrower, so that its name fits.
const PIECE_MIN: f64 = 90.0;
/// The open ends count as this much of a tenfold.
const END: f64 = 0.5;

/// One tier of the line.
#[derive(Clone, PartialEq)]
struct Piece {
    name: String,
    label: String,
    is_blank: bool,
    share: f64,
    /// 4 for the highest, as badges are drawn.
    weight: u8,
}

#[expect(clippy::cast_precision_loss, reason = "where a line is drawn, not what it is")]
fn tenfolds(from: i64, to: i64) -> f64 {
    let of = |value: i64| (value.max(1) as f64).log10();
    (of(to) - of(from)).max(0.1)
}

fn pieces(scheme: &TierScheme, ladder: usize) -> Vec<Piece> {
    let steps = scheme.steps_of(ladder);
    let count = steps.len();
    let mut pieces: Vec<Piece> = steps
        .iter()
        .rev()
        .map(|step| {
            let name = words::tier_name(scheme, &step.tier);
            let (label, is_blank) = match step.floor {
                Bound::At(floor) => {
                    let floor = exact(scheme, ladder, floor);
                    (fill(words::LINE_LABEL, &[("tier", &name), ("floor", &floor)]), false)
                }
                Bound::Blank => (fill(words::LINE_BLANK, &[("tier", &name)]), true),
                Bound::Open => (fill(words::LINE_REST, &[("tier", &name)]), false),
            };
            let share = match (step.floor, step.ceiling) {
                (Bound::At(floor), Bound::At(ceiling)) => tenfolds(floor, ceiling),
                _ => END,
            };
            let rank = scheme.rank(&step.tier).unwrap_or_default();
            Piece { name, label, is_blank, share, weight: super::weight_of(rank, count) }
        })
        .collect();
    let total: f64 = pieces.iter().map(|piece| piece.share).sum();
    #[expect(clippy::cast_precision_loss, reason = "a scheme has at most thirty tiers")]
    let free = (WIDTH - PIECE_MIN * count as f64).max(0.0);
    #[expect(clippy::cast_precision_loss, reason = "a scheme has at most thirty tiers")]
    let least = PIECE_MIN.min(WIDTH / (count.max(1) as f64));
    for piece in &mut pieces {
        piece.share = least + free * piece.share / total.max(0.1);
    }
    pieces
}

#[component]
pub fn BandBar(#[prop(into)] scheme: Signal<TierScheme>, ladder: usize) -> impl IntoView {
    let pieces = Memo::new(move |_| scheme.with(|scheme| pieces(scheme, ladder)));
    let label = move || {
        pieces.with(|pieces| pieces.iter().map(|piece| piece.label.clone()).collect::<Vec<_>>().join(comma()))
    };
    let drawn = move || {
        let mut from = 0.0;
        pieces
            .get()
            .into_iter()
            .map(|piece| {
                let x = from;
                from += piece.share;
                let class = if piece.is_blank { "line-gap" } else { super::fill_class(piece.weight) };
                let (x, width) = (format!("{:.1}%", x / 10.0), format!("{:.1}%", piece.share / 10.0));
                view! { <rect class=class x=x width=width /> }
            })
            .collect_view()
    };
    // Names stand in the drawing's own places: no style attribute is allowed.
    let names = move || {
        let mut from = 0.0;
        pieces
            .get()
            .into_iter()
            .map(|piece| {
                let x = format!("{:.1}%", from / 10.0);
                from += piece.share;
                let name = if piece.is_blank { format!("{} ?", piece.name) } else { piece.name };
                view! { <text x=x y="28" class:bad=piece.is_blank>{name}</text> }
            })
            .collect_view()
    };
    view! {
        <div class="line" role="img" aria-label=label>
            <svg class="line-bar">{drawn}<g class:line-crowded=move || pieces.with(|pieces| pieces.len() > CROWDED)>{names}</g></svg>
        </div>
    }
}

/// From here on names would run into each other; the table below has them.
const CROWDED: usize = 6;
