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
    /// What is related.
    pub origin: Target,
    /// The relation that the choices go into; `None` is a new one.
    pub relation: Option<RelationId>,
    pub kind: KindId,
    pub role: RoleId,
}

/// How far one has come in filling the roles of a kind.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    pub kind: KindId,
    /// The roles to fill, in the codebook's order: all but the origin's own.
    pub roles: Vec<RoleId>,
    /// The place in `roles` of the one that is asked for.
    pub at: usize,
    pub destination: Destination,
}

/// Which relation the choices go into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Into(RelationId),
    /// The one that the first choice makes. Its id is not known before its command has run, so that it is found as the
    /// last one of its kind that the origin is in.
    IntoNew {
        /// The last one when relating began.
        after: Option<RelationId>,
        /// Whether the first choice was made in this frame, and its command has yet to run.
        is_made: bool,
    },
}

impl Progress {
    /// Begins with the first role that can take more, of a relation that is not full, or of a new one. `None` where the
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

    /// Begins with a role that was named; `None` where the kind has it no more.
    pub fn from_role(scene: &Scene<'_>, kind: &RelationKind, from: &RelateFrom) -> Option<Self> {
        let is_first = kind.roles.first().is_some_and(|role| role.id == from.role);
        let roles: Vec<RoleId> = kind.roles.iter().skip(usize::from(!is_first)).map(|r| r.id.clone()).collect();
        let at = roles.iter().position(|r| *r == from.role)?;
        let destination = Destination::of(scene, kind, &from.origin, from.relation);
        Some(Self { kind: kind.id.clone(), roles, at, destination })
    }

    /// The first role from the one that is asked for on which marks of the label may fill, as its place in `roles`.
    pub fn role_for(&self, label: &LabelId, scene: &Scene<'_>) -> Option<usize> {
        let kind = scene.codebook().relation(&self.kind)?;
        let filler = Filler::Label(label.clone());
        let takes = |role: &RoleId| kind.role(role).is_some_and(|role| role.may_be_filled_by(&filler));
        (self.at..self.roles.len()).find(|at| takes(&self.roles[*at]))
    }

    /// How the command that fills a role names the relation.
    pub fn which(&self, scene: &Scene<'_>, kind: &RelationKind, origin: &Target) -> Which {
        match self.destination {
            Destination::Into(id) => Which::This(id),
            Destination::IntoNew { after, is_made } if is_made || last_relation(scene, kind, origin) > after => {
                Which::Last
            }
            Destination::IntoNew { .. } => Which::New,
        }
    }

    /// A choice was made, whose command has yet to run.
    pub fn command_will_run(&mut self) {
        if let Destination::IntoNew { is_made, .. } = &mut self.destination {
            *is_made = true;
        }
    }

    /// Whatever was chosen has been done, or was refused.
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
