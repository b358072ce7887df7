//! 联系人: who decides, who uses, how to reach them.

use super::phone::MaskedPhone;
use super::saving::{Saving, SavingProblem};
use super::who::Subject;
use crate::components::{Chip, Dialog, Dot, Field, Icon, Sheet};
use crate::i18n::{fill, t};
use crate::words::{self as shared, customers as words};
use crate::workbench::Workbench;
use domain::conflict::ContactField;
use domain::contact::{Contact, ContactRole};
use domain::limits;
use domain::mutation::{AddContact, ContactEdit, EditContact, RemoveContact};
use leptos::prelude::*;

#[component]
pub fn Contacts(subject: Subject) -> impl IntoView {
    let workbench = Workbench::expect();
    let contacts = Memo::new(move |_| {
        workbench.read(|replica| replica.of::<Contact>(subject.id).cloned().collect::<Vec<_>>())
    });
    // None: a new one.
    let edited = RwSignal::new(None::<Contact>);
    let is_open = RwSignal::new(false);
    let removed = RwSignal::new(None::<Contact>);
    view! {
        <section aria-labelledby="h-people">
            <div class="head">
                <h3 id="h-people">{t(words::CONTACTS)}</h3><span class="count">{move || contacts.with(Vec::len)}</span>
                {subject.may_keep.then(|| view! {
                    <button type="button" class="link small aside hit" on:click=move |_| {
                        edited.set(None);
                        is_open.set(true);
                    }>{t(words::ADD_CONTACT)}</button>
                })}
            </div>
            {move || contacts.with(Vec::is_empty).then(|| view! { <p class="small quiet">{t(words::CONTACTS_NONE)}</p> })}
            <ul class="people">
                <For each=move || contacts.get() key=fingerprint let(contact)>
                    <Person contact may_keep=subject.may_keep edited is_open />
                </For>
            </ul>
        </section>
        <ContactSheet subject edited is_open removed />
        <RemoveDialog removed />
    }
}

/// Changes whenever anything shown of the contact does.
fn fingerprint(contact: &Contact) -> impl Eq + std::hash::Hash + use<> {
    (contact.id, ContactField::ALL.map(|field| contact.field(field)))
}

#[component]
fn Person(
    contact: Contact,
    may_keep: bool,
    edited: RwSignal<Option<Contact>>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let number = contact.phone.clone();
    let name = contact.name.clone();
    let relation = contact.relation.clone().map(|relation| view! { {relation}<Dot /> });
    let edit_label = fill(words::EDIT_CONTACT, &[("name", &contact.name)]);
    let customer_id = contact.customer_id;
    let role = shared::contact_role(contact.role);
    view! {
        <li>
            <div>
                <p>{contact.name.clone()}" "<span class="quiet">{relation}{role}</span></p>
                <MaskedPhone customer_id number=Signal::stored(number) name=Signal::stored(name) />
            </div>
            {may_keep.then(|| view! {
                <button type="button" class="btn btn-icon" aria-label=edit_label on:click=move |_| {
                    edited.set(Some(contact.clone()));
                    is_open.set(true);
                }><Icon name="edit" /></button>
            })}
        </li>
    }
}

#[component]
fn ContactSheet(
    subject: Subject,
    edited: RwSignal<Option<Contact>>,
    is_open: RwSignal<bool>,
    removed: RwSignal<Option<Contact>>,
) -> impl IntoView {
    let workbench = Workbench::expect();
    let saving = Saving::new();
    let name = RwSignal::new(String::new());
    let role = RwSignal::new(ContactRole::Decides);
    let relation = RwSignal::new(String::new());
    let phone = RwSignal::new(String::new());
    Effect::new(move |_| {
        if is_open.get() {
            let contact = edited.get_untracked();
            saving.clear();
            name.set(contact.as_ref().map(|contact| contact.name.clone()).unwrap_or_default());
            role.set(contact.as_ref().map_or(ContactRole::Decides, |contact| contact.role));
            relation.set(contact.as_ref().and_then(|contact| contact.relation.clone()).unwrap_or_default());
            phone.set(contact.and_then(|contact| contact.phone).unwrap_or_default());
        }
    });
    let close = move || is_open.set(false);
    let save = move || match edited.get_untracked() {
        None => {
            let contact = AddContact {
                contact_id: workbench.new_id(),
                customer_id: subject.id,
                name: name.get_untracked(),
                role: role.get_untracked(),
                relation: Some(relation.get_untracked()),
                phone: Some(phone.get_untracked()),
            };
            saving.run(contact, close);
        }
        Some(contact) => {
            let typed = |field| match field {
                ContactField::Name => name.get_untracked(),
                ContactField::Role => role.get_untracked().word().to_owned(),
                ContactField::Relation => relation.get_untracked(),
                ContactField::Phone => phone.get_untracked(),
            };
            let mut edits = Vec::new();
            for field in ContactField::ALL {
                let mut wanted = contact.clone();
                if let Err(rejection) = wanted.set_field(field, Some(&typed(field))) {
                    saving.fail(shared::rejection(&rejection));
                    return;
                }
                let (base, new) = (contact.field(field), wanted.field(field));
                if base != new {
                    edits.push(ContactEdit { field, base, new });
                }
            }
            if edits.is_empty() {
                close();
            } else {
                let edit = EditContact { contact_id: contact.id, customer_id: contact.customer_id, edits };
                saving.run(edit, close);
            }
        }
    };
    view! {
        <Sheet title=t(words::CONTACT) is_open
            foot=move || view! {
                {move || edited.get().map(|contact| view! {
                    <button type="button" class="btn sheet-remove" on:click=move |_| {
                        is_open.set(false);
                        removed.set(Some(contact.clone()));
                    }>{t(words::REMOVE)}</button>
                })}
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| save()>{t(shared::SAVE)}</button>
            }>
            <Field label=t(words::CONTACT_NAME) id="contact-name" value=name maxlength=limits::NAME_CHARS_MAX />
            <fieldset>
                <legend class="label">{t(words::CONTACT_ROLE)}</legend>
                <div class="chips">
                    {ContactRole::ALL.map(|offered| view! {
                        <Chip label=shared::contact_role(offered) group="contact-role"
                            is_chosen=Signal::derive(move || role.get() == offered)
                            on_choose=move |_| role.set(offered) />
                    }).collect_view()}
                </div>
            </fieldset>
            <Field label=t(words::RELATION) id="contact-relation" value=relation placeholder=t(words::RELATION_HINT) maxlength=limits::LABEL_CHARS_MAX />
            <Field label=crate::words::contact_field(ContactField::Phone) id="contact-phone" value=phone kind="tel" inputmode="tel" />
            <SavingProblem saving />
        </Sheet>
    }
}

#[component]
fn RemoveDialog(removed: RwSignal<Option<Contact>>) -> impl IntoView {
    let saving = Saving::new();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        if removed.with(Option::is_some) {
            saving.clear();
            is_open.set(true);
        }
    });
    let remove = move || {
        if let Some(contact) = removed.get_untracked() {
            let gone = RemoveContact { contact_id: contact.id, customer_id: contact.customer_id };
            saving.run(gone, move || is_open.set(false));
        }
    };
    view! {
        <Dialog title=t(words::REMOVE_CONTACT) is_open
            foot=move || view! {
                <button type="button" class="btn" on:click=move |_| is_open.set(false)>{t(shared::CANCEL)}</button>
                <button type="button" class="btn btn-main" disabled=move || saving.is_busy() on:click=move |_| remove()>{t(words::REMOVE)}</button>
            }>
            <p>{move || removed.get().map(|contact| fill(words::REMOVE_CONTACT_SAY, &[("name", &contact.name)]))}</p>
            <SavingProblem saving />
        </Dialog>
    }
}
