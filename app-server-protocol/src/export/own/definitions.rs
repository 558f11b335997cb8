//! The types of our own documents: what the server writes is described as it is always written, what it takes as what may
//! be left out.
//!
//! A type that is used both ways has one definition where both descriptions agree; where they differ the one that the
//! server takes has `Input` behind its name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::Surface;
use super::super::types::{BESIDE, Method, Purpose, Types, references};
use super::shape::{Shape, exclude, retitle};
use crate::Direction;

/// Behind the name of a type that the server takes in another form than it writes.
const INPUT: &str = "Input";

/// The types of both ways.
pub(super) struct Definitions {
    written: &'static Types,
    taken: &'static Types,
    /// The types that differ between both ways.
    split: BTreeSet<String>,
    /// The reachable types in the order in which the method table comes to them.
    order: Vec<(Way, String)>,
}

/// Which way a type goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// From the server.
    Written,
    /// To the server.
    Taken,
}

impl Definitions {
    pub(super) fn of(surface: Surface) -> Self {
        let written = Types::of(surface, Purpose::Written);
        let taken = Types::of(surface, Purpose::Taken);
        let mut all = Self { written, taken, split: BTreeSet::new(), order: Vec::new() };
        let order = all.walk();
        let ways = |way: Way| -> BTreeSet<&str> {
            order.iter().filter(|(own, _)| *own == way).map(|(_, name)| name.as_str()).collect()
        };
        let both: BTreeSet<&str> = ways(Way::Written).intersection(&ways(Way::Taken)).copied().collect();
        let split = all.differing(&both);
        // A type that agrees is described once.
        all.order = order
            .iter()
            .filter(|(way, name)| *way == Way::Written || split.contains(name) || !both.contains(name.as_str()))
            .cloned()
            .collect();
        all.split = split;
        all
    }

    /// The methods of one direction, with the types of this way in them.
    pub(super) fn methods(&self, direction: Direction) -> impl Iterator<Item = &Method> {
        self.written.methods(direction)
    }

    /// Every definition by its name in the document, shaped for one where references begin with `prefix`.
    pub(super) fn all(&self, prefix: &'static str, prefix_items: bool) -> Vec<(String, Value)> {
        let shaped = self.order.iter().filter_map(|(way, original)| {
            let name = self.name(*way, original);
            let rename = |used: &str| self.name(*way, used);
            let shape = Shape { prefix, rename: &rename, prefix_items };
            let mut schema = shape.of(&self.types(*way).get(original)?.schema);
            retitle(&mut schema, original, &name);
            Some((name, schema))
        });
        let mut all: Vec<(String, Value)> = shaped.collect();
        exclude(&mut all, prefix);
        all
    }

    /// What a type is called in the document.
    pub(super) fn name(&self, way: Way, name: &str) -> String {
        if way == Way::Taken && self.split.contains(name) { format!("{name}{INPUT}") } else { name.to_owned() }
    }

    /// The types that the server writes.
    pub(super) fn written(&self) -> &Types {
        self.written
    }

    fn types(&self, way: Way) -> &Types {
        match way {
            Way::Written => self.written,
            Way::Taken => self.taken,
        }
    }

    /// All types that the methods need, each the first time the table comes to it.
    fn walk(&self) -> Vec<(Way, String)> {
        let mut walk = Walk { definitions: self, seen: BTreeSet::new(), order: Vec::new() };
        let directions = [
            Direction::ClientRequest,
            Direction::ServerRequest,
            Direction::ServerNotification,
            Direction::ClientNotification,
        ];
        for method in directions.iter().flat_map(|direction| self.methods(*direction)) {
            walk.visit(Way::Taken, method.taken());
            walk.visit(Way::Written, method.written());
        }
        for name in others(self.written) {
            walk.enter(Way::Written, name);
        }
        walk.order
    }

    /// Which of these types differ between both ways, by themselves or by what they name.
    fn differing(&self, both: &BTreeSet<&str>) -> BTreeSet<String> {
        let schema = |way: Way, name: &str| self.types(way).get(name).map(|named| &named.schema);
        let mut split: BTreeSet<String> = both
            .iter()
            .filter(|name| schema(Way::Written, name) != schema(Way::Taken, name))
            .map(|name| (*name).to_owned())
            .collect();
        // Who names one that differs differs too; the other way round: users of each type.
        let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in both {
            if let Some(schema) = schema(Way::Written, name) {
                references(schema, &mut |used| users.entry(used).or_default().push(name));
            }
        }
        let mut todo: Vec<String> = split.iter().cloned().collect();
        while let Some(name) = todo.pop() {
            for user in users.get(name.as_str()).into_iter().flatten() {
                if split.insert((*user).to_owned()) {
                    todo.push((*user).to_owned());
                }
            }
        }
        split
    }
}

/// Types that no method names and a client needs nevertheless.
pub(super) fn others(types: &Types) -> impl Iterator<Item = &'static str> {
    ENVELOPES
        .iter()
        .copied()
        .chain(BESIDE.iter().map(|beside| beside.name).filter(|name| !name.starts_with("Raw")))
        .filter(|name| types.get(name).is_some())
}

/// The answers to requests, as they stand on the wire.
const ENVELOPES: [&str; 2] = ["JSONRPCResponse", "JSONRPCError"];

struct Walk<'a> {
    definitions: &'a Definitions,
    seen: BTreeSet<(Way, String)>,
    order: Vec<(Way, String)>,
}

impl Walk<'_> {
    fn visit(&mut self, way: Way, schema: &Value) {
        let mut names = Vec::new();
        references(schema, &mut |name| names.push(name.to_owned()));
        names.iter().for_each(|name| self.enter(way, name));
    }

    fn enter(&mut self, way: Way, name: &str) {
        let entry = (way, name.to_owned());
        if let Some(named) = self.definitions.types(way).get(name)
            && self.seen.insert(entry.clone())
        {
            self.order.push(entry);
            self.visit(way, &named.schema);
        }
    }
}
