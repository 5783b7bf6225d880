//! The form of a relation kind: its roles, and what may fill them. What is wrong with a kind is judged by
//! `CodebookRow::problem`.

use egui::Ui;

use super::{
    attribute::{attributes_ui, card},
    parts::{Pending, free_id},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Codebook, Filler, KindId, RelationKind, Role, RoleId},
    ui::{
        kit::form::{self, Form},
        theme::space,
        words::{phrase, tr},
    },
};

/// A kind of this name with the roles *From* and *To*, each filled by one mark of any label; `None` where no id is
/// left for the name.
pub(super) fn new_relation(codebook: &Codebook, name: &str) -> Option<RelationKind> {
    let id = free_id(name, KindId::new, |id| codebook.relation(id).is_some())?;
    let roles = [tr("From"), tr("To")].into_iter().filter_map(|name| new_role(&[], &name));
    Some(RelationKind {
        id,
        name: name.to_owned(),
        description: String::new(),
        roles: roles.collect::<Vec<_>>(),
        across_articles: false,
        attributes: Vec::new(),
    })
}

/// A role that one mark of any label fills; `None` where no id is left for the name.
fn new_role(others: &[Role], name: &str) -> Option<Role> {
    let id = free_id(name, RoleId::new, |id| others.iter().any(|r| r.id == *id))?;
    Some(Role { id, name: name.to_owned(), fillers: Vec::new(), least: 1, most: Some(1) })
}

/// Draws the form: name, description, reach, roles, attributes.
pub(super) fn relation_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    pending: &mut Pending,
    (codebook, kind): (&Codebook, &mut RelationKind),
    problem: Option<&Diagnostic>,
) {
    form.text(ui, &tr("Name"), "", &mut kind.name);
    if let Some(problem) = problem.filter(|p| p.code == "no-name") {
        form.problem(ui, &phrase(&problem.message));
    }
    form.paragraph(ui, &tr("Description"), &tr("When to use it, in a sentence"), 2, &mut kind.description);
    form.row(ui, &tr("Scope"), |form, ui, _| {
        ui.add_space(space::XS);
        form::tick(ui, form.tokens, &mut kind.across_articles, &tr("Across articles"));
    });
    form::gap(ui);
    form::caption(ui, form.tokens, &tr("Roles"));
    let mut removed = None;
    let is_only = kind.roles.len() == 1;
    let own = kind.id.clone();
    for (at, role) in kind.roles.iter_mut().enumerate() {
        let is_removed = card(form.tokens)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.push_id(at, |ui| role_ui(ui, form, pending, (codebook, &own), (at + 1, role), is_only)).inner
            })
            .inner;
        removed = removed.or(is_removed.then_some(at));
    }
    if let Some(at) = removed {
        kind.roles.remove(at);
    }
    if let Some(name) = pending.folded_adder(ui, form, "Add a role…", "Name of a new role") {
        kind.roles.extend(new_role(&kind.roles, &name));
    }
    form::gap(ui);
    attributes_ui(ui, form, pending, &mut kind.attributes);
}

/// Width of the button beside a role’s name, in points.
const REMOVE: f32 = 86.0;

/// The form of one role; true where it is to be removed. The only role of a kind can’t be.
fn role_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    pending: &mut Pending,
    (codebook, own): (&Codebook, &KindId),
    (number, role): (usize, &mut Role),
    is_only: bool,
) -> bool {
    let n = number.to_string();
    let mut is_removed = false;
    form.row(ui, &tr!("Role {n}", n = &n), |form, ui, _| {
        form::line(ui, |ui| {
            let width = ui.available_width() - REMOVE;
            form.bare_text(ui, &tr!("Role {n}", n = &n), "", width, &mut role.name);
            let remove = tr!("Remove the role {name}", name = &role.name);
            let button = form::danger_button(ui, form.tokens, &tr("Remove")).accessible_name(remove);
            is_removed = button.clicked() && !is_only;
        });
    });
    fillers_ui(ui, form, (codebook, own), &n, &mut role.fillers);
    how_many_ui(ui, form, pending, &n, role);
    is_removed
}

/// What may fill the role: labels, and relations of other kinds. With nothing ticked, every label may.
fn fillers_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (codebook, own): (&Codebook, &KindId),
    number: &str,
    fillers: &mut Vec<Filler>,
) {
    let kinds = codebook.relations.iter().filter(|k| k.id != *own);
    let labels = codebook.labels.iter().map(|l| (Filler::Label(l.id.clone()), &l.name));
    let all = labels.chain(kinds.map(|k| (Filler::Relation(k.id.clone()), &k.name)));
    form.row(ui, &tr("Filled by"), |form, ui, _| {
        ui.add_space(space::XS);
        form::wrapped(ui, form.tokens, |ui| {
            for (filler, name) in all {
                let mut is_in = fillers.contains(&filler);
                let named = tr!("Role {n}: {name}", n = number, name);
                if ui.checkbox(&mut is_in, name).accessible_name(named).changed() {
                    toggle(fillers, filler);
                }
            }
        });
    });
    if fillers.is_empty() {
        form.note(ui, &tr("If nothing is ticked, any label can fill it"));
    }
}

/// How many members the role needs at least and takes at most; an empty field for the most means any number.
fn how_many_ui(ui: &mut Ui, form: &mut Form<'_>, pending: &mut Pending, number: &str, role: &mut Role) {
    form.row(ui, &tr("How many"), |form, ui, _| {
        form::line(ui, |ui| {
            let least = tr!("Role {n}: at least", n = number);
            let show = |n: &u32| n.to_string();
            let parse = |text: &str| text.trim().parse().ok();
            ui.label(tr("at least"));
            pending.typed(ui, form, (&least, "0", 48.0), &mut role.least, (show, parse));
            let most = tr!("Role {n}: at most", n = number);
            let show = |n: &Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
            let parse = |text: &str| match text.trim() {
                "" => Some(None),
                text => text.parse().ok().filter(|n| *n > 0).map(Some),
            };
            ui.label(tr("at most"));
            pending.typed(ui, form, (&most, "any", 48.0), &mut role.most, (show, parse));
        });
    });
}

/// Adds a filler, or takes it out.
fn toggle(fillers: &mut Vec<Filler>, filler: Filler) {
    match fillers.iter().position(|f| *f == filler) {
        Some(at) => {
            fillers.remove(at);
        }
        None => fillers.push(filler),
    }
}
