//! One import as this page holds it: what the server last said of it, the columns as the person has set them, and what
//! would come of that.

use crate::browser::clock;
use crate::browser::network::{self, NetworkError, Verb};
use crate::components::online::told;
use crate::workbench::Workbench;
use domain::api::{Import, ImportColumn, ImportMapping, ImportPreview, ImportState, path};
use domain::import::{ImportError, ListForm, Mapping, SourceColumn};
use domain::month::Month;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

const POLL_MS: u32 = 500;
/// While the server does not answer.
const POLL_OFFLINE_MS: u32 = 2_000;

/// What the page shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Opening,
    Waiting,
    Running,
    Over,
}

#[derive(Clone, Copy)]
pub struct Job {
    pub id: Uuid,
    workbench: Workbench,
    pub import: RwSignal<Option<Import>>,
    pub form: RwSignal<ListForm>,
    /// Of figures, where no column says it.
    pub month: RwSignal<Option<Month>>,
    /// As chosen here; the server has them once they can be taken.
    pub columns: RwSignal<Vec<ImportColumn>>,
    pub preview: RwSignal<Option<ImportPreview>>,
    pub problem: RwSignal<Option<String>>,
    /// The run goes on at the server, but it does not answer.
    pub is_out_of_reach: RwSignal<bool>,
    pub is_stopping: RwSignal<bool>,
    /// When this page first saw it run, and how far it was: for the time still to go.
    pub seen: RwSignal<Option<(f64, u32)>>,
    is_polled: StoredValue<bool>,
    turn: StoredValue<u32>,
}

impl Job {
    pub fn new(id: Uuid) -> Self {
        Self {
            id,
            workbench: Workbench::expect(),
            import: RwSignal::new(None),
            form: RwSignal::new(ListForm::default()),
            month: RwSignal::new(None),
            columns: RwSignal::new(Vec::new()),
            preview: RwSignal::new(None),
            problem: RwSignal::new(None),
            is_out_of_reach: RwSignal::new(false),
            is_stopping: RwSignal::new(false),
            seen: RwSignal::new(None),
            is_polled: StoredValue::new(false),
            turn: StoredValue::new(0),
        }
    }

    pub fn stage(self) -> Stage {
        self.import.with(|import| match import.as_ref().map(|import| import.state) {
            None => Stage::Opening,
            Some(ImportState::Waiting) => Stage::Waiting,
            Some(ImportState::Running) => Stage::Running,
            Some(ImportState::Done | ImportState::Stopped | ImportState::Failed) => Stage::Over,
        })
    }

    pub fn file_name(self) -> String {
        self.import.with_untracked(|import| {
            import.as_ref().map(|import| import.file_name.clone()).unwrap_or_default()
        })
    }

    /// What keeps the list from being read with these columns.
    pub fn faults(self) -> Vec<ImportError> {
        let columns = self.columns.with(|columns| {
            let source = |column: &ImportColumn| SourceColumn {
                header: column.header.clone(),
                column: column.column,
                unit: column.unit,
            };
            columns.iter().map(source).collect()
        });
        Mapping { form: self.form.get(), month: self.month.get(), columns }.problems()
    }

    /// Fetches it and goes on from where it stands.
    pub fn open(self) {
        spawn_local(async move {
            match network::get::<Import>(&path::of(path::IMPORT, self.id)).await {
                Ok(import) if !self.is_left() => {
                    self.problem.set(None);
                    self.take_over(&import);
                    let state = import.state;
                    self.import.set(Some(import));
                    match state {
                        ImportState::Waiting => self.look(),
                        ImportState::Running => self.follow(),
                        ImportState::Done | ImportState::Stopped | ImportState::Failed => {}
                    }
                }
                Ok(_) => {}
                Err(error) => self.fail(&error),
            }
        });
    }

    /// Sets the columns and looks again at what would come of them.
    pub fn settle(self, columns: Vec<ImportColumn>) {
        self.columns.set(columns);
        self.preview.set(None);
        let turn = self.next_turn();
        if untrack(|| self.faults()).is_empty() {
            self.send(self.form.get_untracked(), turn);
        }
    }

    /// Another month for the whole list.
    pub fn choose_month(self, month: Option<Month>) {
        self.month.set(month);
        self.settle(self.columns.get_untracked());
    }

    /// Another form than the header seemed to have: the server recognises the columns anew.
    pub fn choose_form(self, form: ListForm) {
        self.preview.set(None);
        self.send(form, self.next_turn());
    }

    fn send(self, form: ListForm, turn: u32) {
        let mapping = ImportMapping {
            form,
            month: self.month.get_untracked(),
            columns: self.columns.with_untracked(|columns| {
                columns.iter().map(|column| (column.column, column.unit)).collect()
            }),
        };
        spawn_local(async move {
            let settled =
                network::send::<Import>(Verb::Put, &path::of(path::IMPORT_MAPPING, self.id), &mapping).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match settled {
                Ok(import) => {
                    self.problem.set(None);
                    self.take_over(&import);
                    self.import.set(Some(import));
                    self.look();
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    /// What the server made of the list.
    fn take_over(self, import: &Import) {
        self.columns.set(import.columns.clone());
        self.month.set(import.month);
        self.form.set(import.form);
    }

    /// Asks what the import would do.
    pub fn look(self) {
        if !untrack(|| self.faults()).is_empty() {
            return;
        }
        let turn = self.next_turn();
        self.preview.set(None);
        spawn_local(async move {
            let preview = network::get::<ImportPreview>(&path::of(path::IMPORT_PREVIEW, self.id)).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match preview {
                Ok(preview) => {
                    self.problem.set(None);
                    self.preview.set(Some(preview));
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    pub fn run(self) {
        self.ask_and_follow(path::IMPORT_RUN);
    }

    pub fn stop(self) {
        self.is_stopping.set(true);
        self.ask_and_follow(path::IMPORT_STOP);
    }

    fn ask_and_follow(self, what: &'static str) {
        self.problem.set(None);
        spawn_local(async move {
            let answer = network::send_empty::<Import>(Verb::Post, &path::of(what, self.id)).await;
            if self.is_left() {
                return;
            }
            self.is_stopping.set(false);
            match answer {
                Ok(import) => {
                    let is_running = import.state == ImportState::Running;
                    self.import.set(Some(import));
                    if is_running {
                        self.follow();
                    } else {
                        self.workbench.sync_now();
                    }
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    /// Asks how far it is until it is over or the page is left.
    fn follow(self) {
        if self.is_polled.get_value() {
            return;
        }
        self.is_polled.set_value(true);
        spawn_local(async move {
            loop {
                if self.is_left() {
                    return;
                }
                if self.seen.with_untracked(Option::is_none) {
                    let done =
                        self.import.with_untracked(|import| import.as_ref().map_or(0, |import| import.done));
                    self.seen.set(Some((clock::timer_ms(), done)));
                }
                clock::sleep_ms(if self.is_out_of_reach.try_get_untracked() == Some(true) {
                    POLL_OFFLINE_MS
                } else {
                    POLL_MS
                })
                .await;
                let answer = network::get::<Import>(&path::of(path::IMPORT, self.id)).await;
                if self.is_left() {
                    return;
                }
                match answer {
                    Ok(import) => {
                        self.is_out_of_reach.set(false);
                        let is_over = import.state != ImportState::Running;
                        self.import.set(Some(import));
                        if is_over {
                            // What came in is fetched at once.
                            self.workbench.sync_now();
                            break;
                        }
                    }
                    Err(NetworkError::Offline | NetworkError::Unreadable) => self.is_out_of_reach.set(true),
                    Err(error) => {
                        self.fail(&error);
                        break;
                    }
                }
            }
            self.is_polled.set_value(false);
        });
    }

    fn fail(self, error: &NetworkError) {
        if !self.is_left() {
            self.problem.set(Some(told(self.workbench, error)));
        }
    }

    /// The page is gone, and its signals with it.
    fn is_left(self) -> bool {
        self.import.is_disposed()
    }

    fn next_turn(self) -> u32 {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        turn
    }
}
