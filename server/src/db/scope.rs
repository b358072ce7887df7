//! What a person may read and write (SYNC.md): their books and their organisation's reference library.

use domain::actor::Actor;
use domain::ids::{BookId, EmployeeId, OrgUnitId, StreamId};
use domain::organisation::Role;
use uuid::Uuid;

/// Made only here in `db`, from a session or for the system.
#[derive(Clone, Debug)]
pub struct Scope {
    actor: Actor,
    organisation: OrgUnitId,
}

impl Scope {
    pub(super) fn new(actor: Actor, organisation: OrgUnitId) -> Self {
        Self { actor, organisation }
    }

    /// For work that nobody in particular does: the sample, the first administrator.
    pub(crate) fn system(organisation: OrgUnitId, books: Vec<BookId>) -> Self {
        let nobody = Uuid::nil();
        let actor = Actor {
            employee_id: EmployeeId(nobody),
            employee_no: String::new(),
            name: String::new(),
            role: Role::Lead,
            org_unit_id: organisation,
            books,
        };
        Self { actor, organisation }
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn organisation(&self) -> OrgUnitId {
        self.organisation
    }

    /// The stream of the organisation's reference library.
    pub fn library(&self) -> StreamId {
        self.organisation.into()
    }

    pub fn reads(&self, stream: StreamId) -> bool {
        stream == self.library() || self.actor.reads_book(BookId(stream.0))
    }

    /// The library first, then the books as the session ordered them: the person's own first.
    pub fn streams(&self) -> Vec<StreamId> {
        let books = self.actor.books.iter().map(|&book| StreamId::from(book));
        std::iter::once(self.library()).chain(books).collect()
    }

    pub(super) fn stream_ids(&self) -> Vec<Uuid> {
        self.streams().into_iter().map(|stream| stream.0).collect()
    }
}
