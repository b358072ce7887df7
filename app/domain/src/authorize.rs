//! Who may do what (SECURITY.md, Roles). The same answer offline and on the server.

use crate::actor::Actor;
use crate::customer::Customer;
use crate::organisation::Role;
use crate::rejection::Rejection;

/// What a person asks to do, beyond reading their scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Visits, promises, notes, photos, contacts and facts of a customer in scope.
    KeepCustomer,
    /// Bring in a branch's list (导入).
    Import,
    /// Move customers between books (移交).
    HandOver,
    /// The lead's pages (团队).
    SeeTeam,
    /// People, org units and books.
    Administer,
    /// Take customers out as a file.
    Export,
    /// Set a customer's tier by hand (认定).
    SetTier,
    /// See the organisation's rules, drafts included, and who they would move.
    SeeRules,
    /// Write tier schemes, visit standards and the rules of care, and let them take effect.
    WriteRules,
}

impl Act {
    pub const ALL: [Self; 9] = [
        Self::KeepCustomer,
        Self::Import,
        Self::HandOver,
        Self::SeeTeam,
        Self::Administer,
        Self::Export,
        Self::SetTier,
        Self::SeeRules,
        Self::WriteRules,
    ];
}

/// The table of rights.
pub fn may(role: Role, act: Act) -> bool {
    match act {
        Act::KeepCustomer => matches!(role, Role::Manager | Role::Desk | Role::Lead),
        Act::Import => matches!(role, Role::Desk | Role::Lead),
        Act::HandOver | Act::Export | Act::SetTier => role == Role::Lead,
        Act::SeeTeam => matches!(role, Role::Lead | Role::Auditor),
        Act::Administer | Act::WriteRules => role == Role::Administrator,
        Act::SeeRules => matches!(role, Role::Lead | Role::Administrator | Role::Auditor),
    }
}

/// Whether `actor` may change this customer and what hangs on it. A customer outside the scope does not exist for them.
pub fn keep_customer(actor: &Actor, customer: &Customer) -> Result<(), Rejection> {
    if !actor.reads_book(customer.book_id) {
        return Err(Rejection::Gone);
    }
    if may(actor.role, Act::KeepCustomer) { Ok(()) } else { Err(Rejection::NotAllowed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_as_the_table_says() {
        use Role::{Administrator, Auditor, Desk, Lead, Manager};
        for (act, allowed) in [
            (Act::KeepCustomer, vec![Manager, Desk, Lead]),
            (Act::Import, vec![Desk, Lead]),
            (Act::HandOver, vec![Lead]),
            (Act::SeeTeam, vec![Lead, Auditor]),
            (Act::Administer, vec![Administrator]),
            (Act::Export, vec![Lead]),
            (Act::SetTier, vec![Lead]),
            (Act::SeeRules, vec![Lead, Administrator, Auditor]),
            (Act::WriteRules, vec![Administrator]),
        ] {
            for role in Role::ALL {
                assert_eq!(may(role, act), allowed.contains(&role), "{role:?} {act:?}");
            }
        }
    }
}
