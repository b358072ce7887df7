//! A trend in a line: small beside a name, or across a cell. The figure stands beside it, and a table behind.

use leptos::prelude::*;

/// The line through the known values, cut where a month is not known, and the height of the last point.
struct Drawn {
    path: String,
    last: Option<f64>,
}

/// Places the values in a box, the lowest at the bottom. Equal values lie in the middle.
#[expect(clippy::cast_precision_loss, reason = "places on a screen")]
fn drawn(values: &[Option<i64>], width: f64, height: f64, margin: f64) -> Drawn {
    let known = || values.iter().flatten();
    let (Some(low), Some(high)) = (known().min(), known().max()) else {
        return Drawn { path: String::new(), last: None };
    };
    let range = (*high as f64 - *low as f64).max(1.0);
    let step = (width - 2.0 * margin) / (values.len().saturating_sub(1).max(1) as f64);
    let y_of = |value: i64| {
        let share = if high == low { 0.5 } else { (value as f64 - *low as f64) / range };
        height - margin - share * (height - 2.0 * margin)
    };
    let mut path = String::new();
    let mut last = None;
    let mut is_on = false;
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value else {
            is_on = false;
            continue;
        };
        let (x, y) = (margin + step * at as f64, y_of(*value));
        path.push_str(&format!("{}{x:.1} {y:.1}", if is_on { "L" } else { "M" }));
        is_on = true;
        last = Some(y);
    }
    Drawn { path, last }
}

/// Beside a name. Decoration: the figures stand in the row and on the customer's page.
#[component]
pub fn Sparkline(values: Vec<Option<i64>>, is_falling: bool) -> impl IntoView {
    let Drawn { path, last } = drawn(&values, 64.0, 24.0, 3.0);
    let class = if is_falling { "spark spark-fall" } else { "spark" };
    last.map(|y| {
        view! {
            <svg class=class viewBox="0 0 64 24" aria-hidden="true">
                <path d=path></path>
                <circle cx="61" cy=format!("{y:.1}")></circle>
            </svg>
        }
    })
}

/// Across a cell.
#[component]
pub fn Trend(values: Vec<Option<i64>>) -> impl IntoView {
    let Drawn { path, last } = drawn(&values, 300.0, 48.0, 4.0);
    last.map(|y| {
        view! {
            <svg class="trend" viewBox="0 0 300 48" preserveAspectRatio="none" aria-hidden="true">
                <path class="base" d="M0 48h300"></path>
                <path d=path></path>
                <path class="dot" d=format!("M296 {y:.1}h0")></path>
            </svg>
        }
    })
}
