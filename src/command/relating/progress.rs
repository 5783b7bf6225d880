//! Which role of a kind is asked for while relating, and the relation that the choices go into.

use crate::{
    command::{
        of_kind::{last_relation, open_relation},
        relate::Which,
        scene::Scene,
    },
    model::{Filler, KindId, LabelId, RelationId, RelationKind, Role, RoleId, Target},
};

/// A role to begin relating with, as the inspector offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelateFrom {
    /// What is being related.
    pub origin: Target,
    /// The relation that the choices go into; `None` makes a new one.
    pub relation: Option<RelationId>,
    pub kind: KindId,
    pub role: RoleId,
}

/// How far one has come in filling the roles of a kind.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    pub kind: KindId,
    /// The roles to fill, in the codebook’s order; the origin’s own is left out.
    pub roles: Vec<RoleId>,
    /// Index into `roles` of the one that is asked for.
    pub at: usize,
    /// The relation that the choices go into.
    pub destination: Destination,
}

/// Which relation the choices go into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// This one.
    Into(RelationId),
    /// The one that the first choice makes. Its id is only known once that command has run; it is then the last
    /// relation of its kind that the origin is in.
    IntoNew {
        /// The last such relation when relating began: the new one sorts after it.
        after: Option<RelationId>,
        /// Whether the first choice was made and its command has yet to run.
        is_made: bool,
    },
}

impl Progress {
    /// Begins with the first empty role of a relation that can take more members, or of a new one. `None` where the
    /// origin has no role in the kind.
    pub fn of(scene: &Scene<'_>, kind: &RelationKind, origin: &Target) -> Option<Self> {
        let own = scene.relations()?.filler(origin)?;
        let own = kind.roles.iter().find(|role| role.may_be_filled_by(&own))?;
        let roles: Vec<&Role> = kind.roles.iter().filter(|role| role.id != own.id).collect();
        let open = open_relation(scene, kind, own, origin);
        let count = |role: &Role| open.as_ref().map_or(0, |(_, r)| r.in_role(&role.id).count());
        let has_room = |role: &&Role| role.most.is_none_or(|most| count(role) < most as usize);
        let is_empty = |role: &&Role| count(role) == 0;
        let at = roles.iter().position(is_empty).or_else(|| roles.iter().position(has_room)).unwrap_or(0);
        let destination = Destination::of(scene, kind, origin, open.map(|(id, _)| id));
        let roles = roles.into_iter().map(|r| r.id.clone()).collect();
        Some(Self { kind: kind.id.clone(), roles, at, destination })
    }

    /// Begins with a named role; `None` where the kind has it no more.
    pub fn from_role(scene: &Scene<'_>, kind: &RelationKind, from: &RelateFrom) -> Option<Self> {
        let is_first = kind.roles.first().is_some_and(|role| role.id == from.role);
        let roles: Vec<RoleId> = kind.roles.iter().skip(usize::from(!is_first)).map(|r| r.id.clone()).collect();
        let at = roles.iter().position(|r| *r == from.role)?;
        let destination = Destination::of(scene, kind, &from.origin, from.relation);
        Some(Self { kind: kind.id.clone(), roles, at, destination })
    }

    /// Index of the first role, from the one that is asked for on, that marks of the label may fill.
    pub fn role_for(&self, label: &LabelId, scene: &Scene<'_>) -> Option<usize> {
        let kind = scene.codebook().relation(&self.kind)?;
        let filler = Filler::Label(label.clone());
        let takes = |role: &RoleId| kind.role(role).is_some_and(|role| role.may_be_filled_by(&filler));
        (self.at..self.roles.len()).find(|at| takes(&self.roles[*at]))
    }

    /// How the command names the relation: for a new one as the last, as soon as it has been made.
    pub fn which(&self, scene: &Scene<'_>, kind: &RelationKind, origin: &Target) -> Which {
        match self.destination {
            Destination::Into(id) => Which::This(id),
            Destination::IntoNew { after, is_made } if is_made || last_relation(scene, kind, origin) > after => {
                Which::Last
            }
            Destination::IntoNew { .. } => Which::New,
        }
    }

    /// Says that a command was pushed which may make the relation.
    pub fn command_will_run(&mut self) {
        if let Destination::IntoNew { is_made, .. } = &mut self.destination {
            *is_made = true;
        }
    }

    /// Says that every command pushed so far has run or was refused.
    pub fn commands_were_run(&mut self) {
        if let Destination::IntoNew { is_made, .. } = &mut self.destination {
            *is_made = false;
        }
    }
}

impl Destination {
    fn of(scene: &Scene<'_>, kind: &RelationKind, origin: &Target, relation: Option<RelationId>) -> Self {
        let new = || Self::IntoNew { after: last_relation(scene, kind, origin), is_made: false };
        relation.map_or_else(new, Self::Into)
    }
}
