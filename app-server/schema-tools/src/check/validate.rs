//! Whether a value fits a schema.
//!
//! Time is linear in the size of the value: what unions and conjunctions say is remembered for each value. Hostile schemas and values end
//! at a depth, as values that do not fit.

use std::collections::HashMap;

use serde_json::Value;

use crate::export::{Export, Kinds, Node, NodeId, Quantity};

/// How many schemas may be looked into at once, one inside the other.
pub(super) const MAX_DEPTH: usize = 400;

/// Checks values of one message.
pub(super) struct Validator<'a> {
    pub(super) export: &'a Export,
    /// Verdicts of nodes that look at a value more than once, by the address of the value. A pair that is still being looked at counts as not
    /// fitting, so that a union that is its own arm ends.
    verdicts: HashMap<(NodeId, usize), bool>,
    /// Nothing fits any more once the depth was reached.
    pub(super) is_too_deep: bool,
}

impl<'a> Validator<'a> {
    pub(super) fn new(export: &'a Export) -> Self {
        Self { export, verdicts: HashMap::new(), is_too_deep: false }
    }

    /// Whether the value fits.
    pub(super) fn fits(&mut self, id: NodeId, value: &Value, depth: usize) -> bool {
        if self.is_too_deep || depth > MAX_DEPTH {
            self.is_too_deep = true;
            return false;
        }
        let export = self.export;
        let node = export.node(id);
        let is_simple = node.one_of.is_empty() && node.any_of.is_empty() && node.all_of.is_empty();
        if is_simple {
            return self.fits_node(node, value, depth + 1);
        }
        let key = (id, std::ptr::from_ref(value).addr());
        if let Some(verdict) = self.verdicts.get(&key) {
            return *verdict;
        }
        self.verdicts.insert(key, false);
        let verdict = self.fits_node(node, value, depth + 1);
        self.verdicts.insert(key, verdict);
        verdict
    }

    fn fits_node(&mut self, node: &Node, value: &Value, depth: usize) -> bool {
        says_yes(node, value)
            && self.fits_fields(node, value, depth)
            && self.fits_items(node, value, depth)
            && node.reference.iter().chain(&node.all_of).all(|part| self.fits(*part, value, depth))
            && (node.any_of.is_empty() || node.any_of.iter().any(|arm| self.fits(*arm, value, depth)))
            && (node.one_of.is_empty() || self.fitting_arms(&node.one_of, value, depth) == 1)
    }

    /// How many arms fit; counting ends at two.
    pub(super) fn fitting_arms(&mut self, arms: &[NodeId], value: &Value, depth: usize) -> usize {
        arms.iter().filter(|arm| self.fits(**arm, value, depth)).take(2).count()
    }

    fn fits_fields(&mut self, node: &Node, value: &Value, depth: usize) -> bool {
        let Value::Object(fields) = value else { return true };
        if !node.required.iter().all(|name| fields.contains_key(name)) {
            return false;
        }
        if node.fields.is_empty() && node.additional.is_none() {
            return true;
        }
        fields.iter().all(|(name, field)| {
            let schema = node.fields.get(name).copied().or(node.additional);
            schema.is_none_or(|schema| self.fits(schema, field, depth))
        })
    }

    fn fits_items(&mut self, node: &Node, value: &Value, depth: usize) -> bool {
        let Value::Array(items) = value else { return true };
        items.iter().enumerate().all(|(at, item)| {
            let schema = node.prefix.get(at).copied().or(node.items);
            schema.is_none_or(|schema| self.fits(schema, item, depth))
        })
    }
}

/// Whether the node's own words about the value as a whole hold.
fn says_yes(node: &Node, value: &Value) -> bool {
    !node.nothing
        && node.kinds.is_none_or(|kinds| kinds.contains(Kinds::of(value)))
        && node.values.as_ref().is_none_or(|values| is_among(values, value))
        && is_sized(node, value)
}

/// Whether numbers are in their range, and strings and arrays as long as they may be.
pub(super) fn is_sized(node: &Node, value: &Value) -> bool {
    match value {
        Value::Number(number) => node.range.holds(Quantity::of(number)),
        Value::String(text) => node.length == Default::default() || node.length.holds(text.chars().count()),
        Value::Array(items) => node.count.holds(items.len()),
        _ => true,
    }
}

/// Whether the value is one of these; numbers are the same however they are written.
pub(super) fn is_among(values: &[Value], value: &Value) -> bool {
    values.iter().any(|known| match (known, value) {
        (Value::Number(known), Value::Number(number)) => Quantity::of(known).compare(Quantity::of(number)).is_eq(),
        (known, value) => known == value,
    })
}
