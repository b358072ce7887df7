//! What a person has in hand on this page, kept while they are elsewhere: the file on its way up, the import last looked
//! at. In memory only; the list of earlier imports is the server's.

use crate::browser::file::PickedFile;
use crate::browser::network::NetworkError;
use crate::browser::upload;
use crate::components::online::told;
use crate::i18n::{fill, t};
use crate::words::import as words;
use crate::workbench::Workbench;
use domain::api::{Import, path};
use domain::ids::EmployeeId;
use domain::import::limits::FILE_BYTES_MAX;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use uuid::Uuid;

const MB: u64 = 1024 * 1024;

/// How far a chosen file has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Upload {
    /// Chosen without network.
    Waits,
    /// The share sent, 0 to 1.
    Sending(f64),
    /// Why it is not there; the file is still chosen. Another try helps when it was the network's fault, not the file's.
    Failed { why: String, is_worth_another_try: bool },
}

/// Signals that outlive the page.
#[derive(Clone)]
pub struct Desk {
    who: EmployeeId,
    pub upload: ArcRwSignal<Option<Upload>>,
    pub current: ArcRwSignal<Option<Uuid>>,
    pub file_name: ArcRwSignal<String>,
}

/// The file itself belongs to the page's thread and is no signal.
#[derive(Default)]
struct Chosen {
    desk: Option<Desk>,
    file: Option<PickedFile>,
    sending: Option<AbortHandle>,
}

thread_local! {
    static CHOSEN: RefCell<Chosen> = RefCell::default();
}

impl Desk {
    /// This person's; another one's is let go, its upload ended.
    pub fn of(who: EmployeeId) -> Self {
        CHOSEN.with_borrow_mut(|chosen| {
            if let Some(desk) = chosen.desk.as_ref().filter(|desk| desk.who == who) {
                return desk.clone();
            }
            if let Some(sending) = chosen.sending.take() {
                sending.abort();
            }
            let desk = Self {
                who,
                upload: ArcRwSignal::new(None),
                current: ArcRwSignal::new(None),
                file_name: ArcRwSignal::new(String::new()),
            };
            *chosen = Chosen { desk: Some(desk.clone()), ..Chosen::default() };
            desk
        })
    }

    /// Takes a chosen or dropped file and sends it.
    pub fn choose(&self, workbench: Workbench, file: PickedFile) {
        self.let_go();
        self.file_name.set(file.name());
        let size_bytes = file.size_bytes();
        let limit_bytes = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX);
        let refusal = if size_bytes == 0 {
            Some(t(words::FILE_EMPTY).to_owned())
        } else if size_bytes > limit_bytes {
            let (mb, max) = (size_bytes.div_ceil(MB), limit_bytes / MB);
            Some(fill(words::FILE_TOO_LARGE, &[("mb", &mb), ("max", &max)]))
        } else {
            None
        };
        CHOSEN.with_borrow_mut(|chosen| chosen.file = Some(file));
        match refusal {
            Some(why) => self.upload.set(Some(Upload::Failed { why, is_worth_another_try: false })),
            None => self.send(workbench),
        }
    }

    /// Sends the file in hand, or waits for the network with it.
    pub fn send(&self, workbench: Workbench) {
        if !workbench.link().with_untracked(|link| *link == crate::workbench::Link::Online) {
            self.upload.set(Some(Upload::Waits));
            return;
        }
        let Some(file) = CHOSEN.with_borrow(|chosen| chosen.file.clone()) else { return };
        self.upload.set(Some(Upload::Sending(0.0)));
        let (desk, share) = (self.clone(), self.upload.clone());
        let (sent, handle) = abortable(async move {
            upload::upload::<Import>(path::IMPORTS, &file, move |sent| share.set(Some(Upload::Sending(sent))))
                .await
        });
        CHOSEN.with_borrow_mut(|chosen| chosen.sending = Some(handle));
        spawn_local(async move {
            match sent.await {
                Ok(Ok(import)) => {
                    desk.let_go();
                    desk.current.set(Some(import.id));
                }
                Ok(Err(error)) => {
                    let is_worth_another_try = !matches!(error, NetworkError::Problem(_));
                    desk.upload
                        .set(Some(Upload::Failed { why: told(workbench, &error), is_worth_another_try }));
                }
                Err(_) => {} // given up by the person
            }
        });
    }

    /// Opens an import; the file in hand is no longer wanted.
    pub fn open(&self, id: Option<Uuid>) {
        self.let_go();
        self.current.set(id);
    }

    /// Ends the upload and forgets the file.
    pub fn let_go(&self) {
        CHOSEN.with_borrow_mut(|chosen| {
            chosen.file = None;
            if let Some(sending) = chosen.sending.take() {
                sending.abort();
            }
        });
        self.upload.set(None);
    }
}
