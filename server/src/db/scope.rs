//! What a person may read and write (SYNC.md): their books and their organisation's reference library. Said once here to
//! the code, and once a transaction to the database, whose policies repeat it.

use super::{Connection, Result};
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

    /// From here to the end of the transaction the connection works for this person.
    pub async fn enter(&self, connection: &mut Connection) -> Result<()> {
        sqlx::query(
            "select set_config('role', 'rounds_person', true), set_config('rounds.organisation', $1, true),
                 set_config('rounds.org_unit', $2, true), set_config('rounds.employee', $3, true),
                 set_config('rounds.books', $4, true)",
        )
        .bind(self.organisation.0.to_string())
        .bind(self.actor.org_unit_id.0.to_string())
        .bind(self.actor.employee_id.0.to_string())
        .bind(self.books_as_array())
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Opens every book of the organisation to the transaction, until [`Scope::narrow`]: for a look that ends in a count,
    /// or in the word that a number is taken.
    pub(super) async fn widen(&self, connection: &mut Connection) -> Result<()> {
        sqlx::query(
            "select set_config('rounds.books', coalesce(array_agg(id), '{}')::text, true) from book
             where organisation_id = $1",
        )
        .bind(self.organisation.0)
        .execute(connection)
        .await?;
        Ok(())
    }

    pub(super) async fn narrow(&self, connection: &mut Connection) -> Result<()> {
        sqlx::query("select set_config('rounds.books', $1, true)")
            .bind(self.books_as_array())
            .execute(connection)
            .await?;
        Ok(())
    }

    fn books_as_array(&self) -> String {
        let books: Vec<String> = self.actor.books.iter().map(|book| book.0.to_string()).collect();
        format!("{{{}}}", books.join(","))
    }
}

/// For one look of [`super::taken`]: whether an id is used, by whomever. Back by [`leave_system`].
pub(super) async fn become_system(connection: &mut Connection) -> Result<()> {
    sqlx::query("select set_config('role', 'rounds_system', true)").execute(connection).await?;
    Ok(())
}

pub(super) async fn leave_system(connection: &mut Connection) -> Result<()> {
    sqlx::query("select set_config('role', 'rounds_person', true)").execute(connection).await?;
    Ok(())
}
