//! The fields of two objects.

use super::compare::has_any;
use super::rule::{Affects, Rule};
use super::shape::{Extra, Field, Object, alternatives};
use super::walk::{Place, Walk};
use crate::export::{Export, NodeId};

/// A field as [`Walk::field`] takes it: its schema, and whether it is required.
type Side = (Option<NodeId>, bool);

impl Walk<'_> {
    pub(super) fn fields(&mut self, old: &Object, new: &Object, place: &Place) {
        let side = |field: &Field| (field.node, field.required);
        let refuses = matches!(new.extra, Extra::Closed);
        for (name, field) in &old.fields {
            self.field(name, Some(side(field)), new.fields.get(name).map(side), refuses, place);
        }
        for (name, field) in &new.fields {
            if !old.fields.contains_key(name) {
                self.field(name, None, Some(side(field)), refuses, place);
            }
        }
        self.extra(old.extra, new.extra, place);
    }

    /// One field of both sides; `refuses` says that the new object allows no undeclared ones.
    pub(super) fn field(&mut self, name: &str, old: Option<Side>, new: Option<Side>, refuses: bool, place: &Place) {
        let line = |export: &Export, (node, required): Side| field_line(export, name, Field { node, required });
        let place = place.below(name);
        let (before, after) = (old.map(|side| line(self.old, side)), new.map(|side| line(self.new, side)));
        let ((was, was_required), (is, is_required)) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (Some(_), None) => {
                let rule = if refuses { Rule::FieldForbidden } else { Rule::FieldRemoved };
                return self.found(rule, &place, before, None);
            }
            (None, Some((_, required))) => {
                let rule = if required { Rule::RequiredFieldAdded } else { Rule::OptionalFieldAdded };
                return self.found(rule, &place, None, after);
            }
            (None, None) => return,
        };
        match (was_required, is_required) {
            (false, true) => self.found(Rule::FieldBecameRequired, &place, before, after),
            (true, false) => self.found(Rule::FieldBecameOptional, &place, before, after),
            _ => {}
        }
        self.default(was, is, &place);
        self.optional(was, is, &place);
    }

    /// Null is what absence means anyway, so it is no default.
    fn default(&mut self, old: Option<NodeId>, new: Option<NodeId>, place: &Place) {
        let default = |export: &Export, id: Option<NodeId>| {
            let value = id.and_then(|id| export.node(id).default.clone())?;
            (!value.is_null()).then(|| crate::export::notation::literal(&value))
        };
        let (old, new) = (default(self.old, old), default(self.new, new));
        // A default is a matter of those who leave the field out; readers are told by the documentation only.
        if old != new && place.affects == Affects::Sender {
            self.found(Rule::DefaultChanged, place, old, new);
        }
    }

    fn extra(&mut self, old: Extra, new: Extra, place: &Place) {
        let each = |export: &Export, id: NodeId| (!has_any(&alternatives(export, id))).then_some(id);
        let line = |export: &Export, extra: Extra| match extra {
            Extra::Open => "{ [key]: any }".to_owned(),
            Extra::Closed => "no other fields".to_owned(),
            Extra::Each(id) => format!("{{ [key]: {} }}", export.named(id)),
        };
        let (before, after) = (line(self.old, old), line(self.new, new));
        match (old, new) {
            (Extra::Closed, Extra::Closed) | (Extra::Open, Extra::Open) => {}
            (Extra::Closed, _) => {
                self.found(Rule::AdditionalPropertiesOpened, place, Some(before), Some(after));
            }
            (_, Extra::Closed) => {
                self.found(Rule::AdditionalPropertiesClosed, place, Some(before), Some(after));
            }
            (Extra::Each(old), Extra::Each(new)) => self.compare(old, new, &place.below("*")),
            (Extra::Each(old), Extra::Open) => self.optional(each(self.old, old), None, &place.below("*")),
            (Extra::Open, Extra::Each(new)) => self.optional(None, each(self.new, new), &place.below("*")),
        }
    }
}

/// A field in one line.
pub(super) fn field_line(export: &Export, name: &str, field: Field) -> String {
    let mark = if field.required { "" } else { "?" };
    let schema = field.node.map_or_else(|| "any".to_owned(), |node| export.named(node));
    format!("{name}{mark}: {schema}")
}
