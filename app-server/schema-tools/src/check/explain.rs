//! Why a value does not fit: one complaint for each place, inside the arm of a union that was meant.

use std::collections::HashSet;

use serde_json::Value;

use super::shorten::{HIDDEN, is_secret, shorten};
use super::validate::{MAX_DEPTH, Validator, is_among, is_sized};
use crate::export::notation::{cut, literal};
use crate::export::{Export, Kinds, Node, NodeId};

/// More complaints about one message are not made.
const MAX_MISMATCHES: usize = 8;

/// How many schemas are looked into to try out which arm was meant; afterwards the whole union is named.
const MAX_EFFORT: usize = 20_000;

/// How many references may follow each other without a value in between.
const MAX_HOPS: usize = 64;

/// A place that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mismatch {
    pub(super) pointer: String,
    pub(super) expected: String,
    pub(super) found: String,
}

/// All that is wrong with a value; nothing when it fits.
pub(super) fn explain(export: &Export, id: NodeId, value: &Value, pointer: &str) -> Vec<Mismatch> {
    let mut validator = Validator::new(export);
    if validator.fits(id, value, 0) {
        return Vec::new();
    }
    let is_hidden = pointer.split('/').any(is_secret);
    if validator.is_too_deep {
        let found = if is_hidden { HIDDEN.to_owned() } else { shorten(value) };
        return vec![Mismatch { pointer: pointer.to_owned(), expected: "values nested less deeply".to_owned(), found }];
    }
    let mut explainer = Explainer {
        validator,
        pointer: pointer.to_owned(),
        is_hidden,
        seen: HashSet::new(),
        trials: 0,
        effort: 0,
        found: Vec::new(),
    };
    explainer.schema(id, value, 0);
    if explainer.found.is_empty() {
        explainer.add(export.named(id), value);
    }
    explainer.found
}

/// What a missing value is called.
pub(super) const NOTHING: &str = "nothing";

struct Explainer<'a> {
    validator: Validator<'a>,
    pointer: String,
    /// Whether a field on the way here is a secret.
    is_hidden: bool,
    /// What was looked into, by the address of the value.
    seen: HashSet<(NodeId, usize)>,
    /// How many unions deep arms are tried out.
    trials: usize,
    effort: usize,
    found: Vec<Mismatch>,
}

impl<'a> Explainer<'a> {
    fn export(&self) -> &'a Export {
        self.validator.export
    }

    fn add(&mut self, expected: String, value: &Value) {
        let found = if self.is_hidden { HIDDEN.to_owned() } else { shorten(value) };
        self.add_found(expected, found);
    }

    fn add_found(&mut self, expected: String, found: String) {
        let mismatch = Mismatch { pointer: self.pointer.clone(), expected, found };
        if self.found.len() < MAX_MISMATCHES && !self.found.contains(&mismatch) {
            self.found.push(mismatch);
        }
    }

    /// Does something one step further down.
    fn below(&mut self, segment: &str, step: impl FnOnce(&mut Self)) {
        let (length, was_hidden) = (self.pointer.len(), self.is_hidden);
        self.is_hidden |= is_secret(segment);
        self.pointer.push('/');
        self.pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        step(self);
        self.pointer.truncate(length);
        self.is_hidden = was_hidden;
    }

    /// Looks into a schema once for each value, so that circles end; arms that are tried out may come again.
    fn schema(&mut self, id: NodeId, value: &Value, depth: usize) {
        let key = (id, std::ptr::from_ref(value).addr());
        if self.seen.insert(key) {
            self.look(id, value, depth);
            if self.trials > 0 {
                self.seen.remove(&key);
            }
        }
    }

    fn look(&mut self, id: NodeId, value: &Value, depth: usize) {
        self.effort += self.trials.min(1);
        if depth > MAX_DEPTH || (self.trials > 0 && self.effort > MAX_EFFORT) || self.found.len() >= MAX_MISMATCHES {
            return;
        }
        let export = self.export();
        let node = export.node(id);
        let is_kind = node.kinds.is_none_or(|kinds| kinds.contains(Kinds::of(value)));
        let is_value = node.values.as_ref().is_none_or(|values| is_among(values, value));
        if node.nothing || !is_kind || !is_value || !is_sized(node, value) {
            let expected = if node.nothing { "no such field".to_owned() } else { export.spelled(id) };
            return self.add(expected, value);
        }
        self.fields(node, value, depth + 1);
        self.items(node, value, depth + 1);
        for part in node.reference.iter().chain(&node.all_of) {
            self.schema(*part, value, depth + 1);
        }
        for (arms, one) in [(&node.any_of, false), (&node.one_of, true)] {
            let fitting = if arms.is_empty() { 1 } else { self.validator.fitting_arms(arms, value, depth + 1) };
            match fitting {
                0 => self.union(id, arms, value, depth + 1),
                2 if one => self.add(format!("exactly one of {}", export.spelled(id)), value),
                _ => {}
            }
        }
    }

    fn fields(&mut self, node: &Node, value: &Value, depth: usize) {
        let Value::Object(fields) = value else { return };
        for name in node.required.iter().filter(|name| !fields.contains_key(*name)) {
            let schema = node.fields.get(name).map_or_else(|| "any".to_owned(), |field| self.export().named(*field));
            self.below(name, |this| this.add_found(schema, NOTHING.to_owned()));
        }
        if node.fields.is_empty() && node.additional.is_none() {
            return;
        }
        for (name, field) in fields {
            if let Some(schema) = node.fields.get(name).copied().or(node.additional) {
                self.below(name, |this| this.schema(schema, field, depth));
            }
        }
    }

    fn items(&mut self, node: &Node, value: &Value, depth: usize) {
        let Value::Array(items) = value else { return };
        for (at, item) in items.iter().enumerate() {
            if let Some(schema) = node.prefix.get(at).copied().or(node.items) {
                self.below(&at.to_string(), |this| this.schema(schema, item, depth));
            }
        }
    }

    /// A union of which no arm fits: finds the arm that was meant.
    fn union(&mut self, id: NodeId, arms: &[NodeId], value: &Value, depth: usize) {
        let export = self.export();
        let kind = Kinds::of(value);
        let plausible: Vec<NodeId> = arms.iter().copied().filter(|arm| kinds(export, *arm, 0).meets(kind)).collect();
        match (&plausible[..], value) {
            ([], _) => self.add(export.spelled(id), value),
            ([only], _) => self.schema(*only, value, depth),
            (_, Value::Object(_)) => self.tagged(id, &plausible, value, depth),
            _ => self.likeliest(id, &plausible, value, depth),
        }
    }

    fn tagged(&mut self, id: NodeId, arms: &[NodeId], value: &Value, depth: usize) {
        let export = self.export();
        let Some(tag) = tag(export, export.node(id).discriminator.as_deref(), arms) else {
            return self.by_only_field(id, arms, value, depth);
        };
        let tags: Vec<Option<&Value>> = arms.iter().map(|arm| constant(export, *arm, &tag, 0)).collect();
        let is_meant = |known: &Option<&Value>| known.is_some() && *known == value.get(&tag);
        let meant: Vec<NodeId> =
            arms.iter().zip(&tags).filter(|(_, known)| is_meant(known)).map(|(arm, _)| *arm).collect();
        match &meant[..] {
            [only] => self.schema(*only, value, depth),
            // Some arms do without the tag, and one of them may be meant.
            [] if tags.contains(&None) => self.likeliest(id, arms, value, depth),
            [] => {
                let mut names: Vec<String> = tags.into_iter().flatten().map(literal).collect();
                names.dedup();
                let expected = cut(&names.join(" | "), 400);
                self.below(&tag, |this| match value.get(&tag) {
                    None => this.add_found(expected, NOTHING.to_owned()),
                    Some(found) => this.add(expected, found),
                });
            }
            several => self.likeliest(id, several, value, depth),
        }
    }

    /// Arms that are told apart by the name of their only field.
    fn by_only_field(&mut self, id: NodeId, arms: &[NodeId], value: &Value, depth: usize) {
        let export = self.export();
        let only = |arm: &NodeId| {
            let node = export.node(*arm);
            let mut names = node.required.iter();
            names.next().filter(|_| names.next().is_none() && node.fields.len() == 1)
        };
        let meant: Vec<NodeId> =
            arms.iter().copied().filter(|arm| only(arm).is_some_and(|name| value.get(name).is_some())).collect();
        match &meant[..] {
            [one] => self.schema(*one, value, depth),
            _ => self.likeliest(id, arms, value, depth),
        }
    }

    /// The arm with the fewest complaints, if there is one; else the union is named.
    fn likeliest(&mut self, id: NodeId, arms: &[NodeId], value: &Value, depth: usize) {
        let before = std::mem::take(&mut self.found);
        let mut best: Option<(Vec<Mismatch>, bool)> = None;
        self.trials += 1;
        for arm in arms {
            self.schema(*arm, value, depth);
            let found = std::mem::take(&mut self.found);
            best = match best {
                _ if found.is_empty() => best,
                Some((known, _)) if known.len() < found.len() => Some((known, true)),
                Some((known, _)) if known.len() == found.len() => Some((known, false)),
                _ => Some((found, true)),
            };
        }
        self.trials -= 1;
        self.found = before;
        match best {
            // A complaint about the value as a whole says less than the union's own words.
            Some((found, true)) if found.iter().all(|it| it.pointer != self.pointer) => {
                for mismatch in found.into_iter().take(MAX_MISMATCHES - self.found.len().min(MAX_MISMATCHES)) {
                    self.found.push(mismatch);
                }
            }
            _ => self.add(self.export().spelled(id), value),
        }
    }
}

/// The types that a schema allows at all.
fn kinds(export: &Export, id: NodeId, hops: usize) -> Kinds {
    let node = export.node(id);
    if node.nothing {
        return Kinds::default();
    }
    if hops > MAX_HOPS {
        return Kinds::ALL;
    }
    // What branches is looked at less deeply, so that it stays cheap.
    let step = if node.all_of.len() > 1 { MAX_HOPS / 8 } else { 1 };
    let mut all = node.kinds.unwrap_or(Kinds::ALL);
    if let Some(values) = &node.values {
        all = all.and(values.iter().map(Kinds::of).fold(Kinds::default(), Kinds::or));
    }
    for part in node.reference.iter().chain(&node.all_of) {
        all = all.and(kinds(export, *part, hops + step));
        if all.is_empty() {
            return all;
        }
    }
    for arms in [&node.one_of, &node.any_of] {
        if !arms.is_empty() {
            let arms = arms.iter().map(|arm| kinds(export, *arm, hops + MAX_HOPS / 4));
            all = all.and(arms.fold(Kinds::default(), Kinds::or));
        }
    }
    all
}

/// The property that tells arms apart: the one that the schema names, else the one that is constant in the most.
fn tag(export: &Export, named: Option<&str>, arms: &[NodeId]) -> Option<String> {
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for arm in arms {
        let mut names = Vec::new();
        constants(export, *arm, 0, &mut names);
        for name in names {
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
    }
    // Of several the one that stands first in the first arm, and `type` before all.
    counts.into_iter().rev().max_by_key(|(name, count)| (*count, name == "type")).map(|(name, _)| name)
}

/// The names of an object's constant fields.
fn constants(export: &Export, id: NodeId, hops: usize, names: &mut Vec<String>) {
    let node = export.node(id);
    for (name, field) in &node.fields {
        if only_value(export, *field, 0).is_some() && !names.contains(name) {
            names.push(name.clone());
        }
    }
    if hops < MAX_HOPS {
        for part in node.reference.iter().chain(node.all_of.first()) {
            constants(export, *part, hops + 1, names);
        }
    }
}

/// What a field of an object must be.
fn constant<'a>(export: &'a Export, id: NodeId, name: &str, hops: usize) -> Option<&'a Value> {
    let node = export.node(id);
    let own = node.fields.get(name).and_then(|field| only_value(export, *field, 0));
    let parts = node.reference.iter().chain(node.all_of.first()).filter(|_| hops < MAX_HOPS);
    own.or_else(|| parts.into_iter().find_map(|part| constant(export, *part, name, hops + 1)))
}

fn only_value(export: &Export, id: NodeId, hops: usize) -> Option<&Value> {
    let node = export.node(id);
    match (node.values.as_deref(), node.reference.or_else(|| node.all_of.first().copied())) {
        (Some([only]), _) => Some(only),
        (None, Some(part)) if hops < MAX_HOPS => only_value(export, part, hops + 1),
        _ => None,
    }
}
