//! What those who hear the window are told of things that egui gives no name: the window itself, its parts, lists and
//! menus, and which of how many an entry is. Nothing of it is seen, and nothing is done while nobody listens.

use egui::{
    Context, Id, Response, Ui, UiKind,
    accesskit::{Role, Toggled},
};

/// Names the window’s frame.
pub fn name_window(ctx: &Context, name: &str) {
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(name));
}

/// Names what stands in `ui` as a part of the window.
pub fn name_part(ui: &Ui, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Region);
        node.set_label(name);
    });
}

/// Says that `ui` holds a list of so many entries, whether they are drawn or not.
pub fn name_list(ui: &Ui, name: &str, count: usize) {
    name_container(ui.ctx(), ui.unique_id(), (Role::List, name), Some(count));
}

/// Names the menu that `ui` stands in: the whole menu, not only the part with its entries. How many entries there are is
/// said where each has its [`place`].
pub fn name_menu(ui: &Ui, name: &str, entries: Option<usize>) {
    let is_menu = |kind: Option<UiKind>| matches!(kind, Some(UiKind::Menu | UiKind::Popup));
    let menu = ui.stack().iter().find(|part| is_menu(part.kind())).map(|part| part.unique_id);
    name_container(ui.ctx(), menu.unwrap_or(ui.unique_id()), (Role::Menu, name), entries);
}

/// Says that what the field has picked is in a list of so many choices, which `ui` holds; the focus stays in the field.
pub fn name_choices(ui: &Ui, name: &str, count: usize) {
    name_container(ui.ctx(), ui.unique_id(), (Role::ListBox, name), Some(count));
}

fn name_container(ctx: &Context, id: Id, (role, name): (Role, &str), entries: Option<usize>) {
    ctx.accesskit_node_builder(id, |node| {
        node.set_role(role);
        node.set_label(name);
        if let Some(count) = entries {
            node.set_size_of_set(count);
        }
    });
}

/// Says that something is one of a few in a menu, and whether it is the one that holds.
pub fn is_one_of(response: &Response, holds: bool) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(Role::MenuItemRadio);
        node.set_toggled(Toggled::from(holds));
    });
}

/// Says which entry of its list or menu something is, counted from 0.
pub fn place(response: &Response, at: usize) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_position_in_set(at));
}

/// Says what a widget is, where egui takes it for something else.
pub fn is_a(response: &Response, role: Role) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_role(role));
}

/// Lets the entry be heard that is picked while the focus stays in a field.
pub fn follow(field: &Response, entry: Id) {
    field.ctx.accesskit_node_builder(field.id, |node| node.set_active_descendant(entry.accesskit_id()));
}
