//! 管理: people, org units and books of the organisation. Only here, only online; customers are not the administrator's.

mod books;
mod one_time;
mod people;
mod person;
mod units;

use crate::components::online::{Answered, Asked, OfflineNote};
use crate::components::{Bar, Segment};
use crate::i18n::t;
use crate::words::{self, administration as own};
use crate::workbench::Workbench;
use books::BookList;
use domain::api::{Books, Employee, Employees, OrgUnits, path};
use domain::ids::OrgUnitId;
use domain::organisation::OrgUnit;
use leptos::prelude::*;
use one_time::OneTime;
use people::PeopleList;
use units::UnitList;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    People,
    Units,
    Books,
}

/// What the three lists share: each needs the others' names.
#[derive(Clone, Copy)]
struct Organisation {
    people: Asked<Employees>,
    units: Asked<OrgUnits>,
    books: Asked<Books>,
}

impl Organisation {
    fn employees(self) -> Vec<Employee> {
        self.people
            .answer
            .with(|people| people.as_ref().map(|people| people.employees.clone()).unwrap_or_default())
    }

    fn unit_name(self, id: OrgUnitId) -> String {
        self.units.answer.with(|units| {
            let unit = units.as_ref().and_then(|units| units.org_units.iter().find(|unit| unit.id == id));
            unit.map(|unit| unit.name.clone()).unwrap_or_default()
        })
    }

    /// Every unit with how deep it lies, as a tree is read.
    fn tree(self) -> Vec<(OrgUnit, usize)> {
        let units = self
            .units
            .answer
            .with(|units| units.as_ref().map(|units| units.org_units.clone()).unwrap_or_default());
        let mut tree = Vec::with_capacity(units.len());
        grow(&units, None, 0, &mut tree);
        tree
    }

    fn again(self) {
        self.people.again();
        self.units.again();
        self.books.again();
    }
}

fn grow(units: &[OrgUnit], below: Option<OrgUnitId>, depth: usize, tree: &mut Vec<(OrgUnit, usize)>) {
    let mut children: Vec<&OrgUnit> = units.iter().filter(|unit| unit.parent_id == below).collect();
    children.sort_by(|a, b| a.name.cmp(&b.name));
    for unit in children {
        tree.push((unit.clone(), depth));
        // A tree is no deeper than it has nodes: a circle in bad data ends here.
        if depth < units.len() {
            grow(units, Some(unit.id), depth + 1, tree);
        }
    }
}

#[component]
pub fn Administration() -> impl IntoView {
    let workbench = Workbench::expect();
    let organisation = Organisation {
        people: Asked::new(|| Some(path::EMPLOYEES.to_owned())),
        units: Asked::new(|| Some(path::ORG_UNITS.to_owned())),
        books: Asked::new(|| Some(path::BOOKS.to_owned())),
    };
    provide_context(organisation);
    let part = RwSignal::new(Part::People);
    let one_time = OneTime::new();
    provide_context(one_time);
    let parts = vec![
        (Part::People, t(own::PEOPLE).to_owned()),
        (Part::Units, t(own::UNITS).to_owned()),
        (Part::Books, t(own::BOOKS).to_owned()),
    ];
    view! {
        <Bar title=t(words::ADMINISTRATION) aside=workbench.organisation_name() without_search=true />
        <main class="page admin scroll">
            <div class="admin-in">
                <OfflineNote />
                <Segment label=t(own::WHAT) group="administration" options=parts class="seg-fill admin-parts"
                    chosen=Signal::derive(move || Some(part.get())) on_choose=move |chosen| part.set(chosen) />
                {move || match part.get() {
                    Part::People => view! { <Answered asked=organisation.people><PeopleList /></Answered> }.into_any(),
                    Part::Units => view! { <Answered asked=organisation.units><UnitList /></Answered> }.into_any(),
                    Part::Books => view! { <Answered asked=organisation.books><BookList /></Answered> }.into_any(),
                }}
            </div>
        </main>
        <one_time::OneTimeDialog one_time />
    }
}
