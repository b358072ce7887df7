//! What service costs beside what a customer brings (R096).

use crate::money::Fen;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Of all customers.
    pub total: Fen,
    /// None without customers.
    pub per_customer: Option<Fen>,
    /// Revenue per customer less its cost, below zero when service costs more; None without customers.
    pub left_per_customer: Option<Fen>,
}

/// Manager hours × rate against revenue per customer, all of the same span of time. `minutes` are those of all
/// customers together ([`super::Services::minutes`]), the rate is fen an hour. Each figure is rounded half up to whole
/// fen from the exact one, and stays at the end of its type.
pub fn cost(minutes: u64, rate_an_hour: Fen, customers: u32, revenue_per_customer: Fen) -> Cost {
    const MINUTES: i128 = 60;
    let exact = i128::from(minutes) * i128::from(rate_an_hour.0); // sixtieths of a fen
    let per_customer = (customers > 0).then(|| rounded(exact, MINUTES * i128::from(customers)));
    Cost {
        total: fen(rounded(exact, MINUTES)),
        per_customer: per_customer.map(fen),
        left_per_customer: per_customer.map(|cost| fen(i128::from(revenue_per_customer.0) - cost)),
    }
}

/// Half up; `by` above zero. Minutes × fen is below 2^127, but twice that is not.
fn rounded(number: i128, by: i128) -> i128 {
    let (whole, rest) = (number.div_euclid(by), number.rem_euclid(by));
    if rest * 2 >= by { whole + 1 } else { whole }
}

fn fen(number: i128) -> Fen {
    Fen(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
}
