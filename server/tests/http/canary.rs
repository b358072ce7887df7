//! Canaries: a token in every text, told apart wherever it turns up.

#[path = "canary/planted.rs"]
pub mod planted;
