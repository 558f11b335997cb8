//! What a schema allows, as a list of alternatives: references followed, unions flattened, conjunctions merged.
//!
//! Two schemas that say the same in other words (a lone `allOf`, `const` for an `enum` of one value, fields beside a union
//! or copied into its arms) have the same alternatives.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::export::{Export, Kinds, NodeId, Range, Span};

/// Unions in unions may not become more alternatives than this.
const MAX_ALTERNATIVES: usize = 2_000;

/// How many schemas are looked into for one; no schema that is meant well needs as many.
const MAX_STEPS: usize = 10_000;

/// How many references and unions may follow each other without a value in between.
const MAX_HOPS: usize = 64;

/// One way to fit a schema.
#[derive(Clone, Debug)]
pub(super) struct Alternative {
    /// The named type that is this alternative and nothing else.
    pub(super) unit: Option<NodeId>,
    pub(super) body: Body,
}

/// What an alternative allows.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Any,
    Null,
    Boolean,
    Number { whole: bool, range: Range },
    Text { length: Range },
    Literal(Value),
    List { items: Option<NodeId>, prefix: Vec<NodeId>, count: Range },
    Object(Object),
}

/// The fields of an object.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) fields: BTreeMap<String, Field>,
    pub(super) extra: Extra,
}

/// A field; one that is only required has no schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) node: Option<NodeId>,
    pub(super) required: bool,
}

/// Fields that are not declared.
#[derive(Clone, Copy, Debug)]
pub(super) enum Extra {
    Open,
    Closed,
    Each(NodeId),
}

impl Body {
    /// The JSON type, numbers being one; nothing for what allows several.
    pub(super) fn kind(&self) -> Option<Kinds> {
        match self {
            Self::Any => None,
            Self::Null => Some(Kinds::NULL),
            Self::Boolean => Some(Kinds::BOOLEAN),
            Self::Number { .. } => Some(Kinds::NUMBER),
            Self::Text { .. } => Some(Kinds::STRING),
            Self::Literal(value) => {
                let kind = Kinds::of(value);
                Some(if Kinds::NUMBER.meets(kind) { Kinds::NUMBER } else { kind })
            }
            Self::List { .. } => Some(Kinds::ARRAY),
            Self::Object(_) => Some(Kinds::OBJECT),
        }
    }
}

/// Schemas that all apply, before they are merged.
#[derive(Clone, Debug, Default)]
struct Conjunction {
    nodes: Vec<NodeId>,
    unit: Option<NodeId>,
}

/// All alternatives of a schema.
pub(super) fn alternatives(export: &Export, id: NodeId) -> Vec<Alternative> {
    let mut all = Vec::new();
    let mut expansion = Expansion { export, trail: Vec::new(), steps: 0 };
    for conjunction in expansion.of(id) {
        merge(export, &conjunction, &mut all);
    }
    all
}

/// The named type behind references and behind a union with null, if the schema is no more than that.
pub(super) fn named_type(export: &Export, id: NodeId) -> Option<NodeId> {
    let mut id = id;
    for _ in 0..MAX_HOPS {
        let node = export.node(id);
        if node.name.is_some() {
            return Some(id);
        }
        if node.says_something() {
            return None;
        }
        let not_null = |arm: &&NodeId| {
            let arm = export.node(**arm);
            arm.kinds != Some(Kinds::NULL) || arm.name.is_some()
        };
        let parts: Vec<NodeId> = node
            .reference
            .iter()
            .chain(&node.all_of)
            .chain(&node.one_of)
            .chain(&node.any_of)
            .filter(not_null)
            .copied()
            .collect();
        match parts[..] {
            [only] => id = only,
            _ => return None,
        }
    }
    None
}

/// A schema being taken apart.
struct Expansion<'a> {
    export: &'a Export,
    /// The schemas in which this one stands, without a value in between.
    trail: Vec<NodeId>,
    steps: usize,
}

impl Expansion<'_> {
    fn of(&mut self, id: NodeId) -> Vec<Conjunction> {
        // A union that is its own arm allows nothing by that arm.
        if self.trail.contains(&id) {
            return Vec::new();
        }
        self.steps += 1;
        if self.trail.len() >= MAX_HOPS || self.steps > MAX_STEPS {
            return vec![Conjunction::default()];
        }
        self.trail.push(id);
        let node = self.export.node(id);
        let own = if node.says_something() { vec![id] } else { Vec::new() };
        let mut out = vec![Conjunction { nodes: own, unit: None }];
        for part in node.reference.iter().chain(&node.all_of) {
            out = product(&out, &self.of(*part));
        }
        for arms in [&node.one_of, &node.any_of] {
            if !arms.is_empty() {
                let arms: Vec<Conjunction> = arms.iter().flat_map(|arm| self.of(*arm)).collect();
                out = product(&out, &arms);
            }
        }
        self.trail.pop();
        if let ([only], true) = (&mut out[..], node.name.is_some()) {
            only.unit = only.unit.or(Some(id));
        }
        out
    }
}

fn product(left: &[Conjunction], right: &[Conjunction]) -> Vec<Conjunction> {
    let mut all = Vec::new();
    for one in left {
        for other in right {
            if all.len() >= MAX_ALTERNATIVES {
                return all;
            }
            let unit = match (one.nodes.is_empty(), other.nodes.is_empty()) {
                (true, _) => other.unit,
                (_, true) => one.unit,
                _ => None,
            };
            all.push(Conjunction { nodes: one.nodes.iter().chain(&other.nodes).copied().collect(), unit });
        }
    }
    all
}

/// What several schemas allow together.
struct Merged {
    kinds: Kinds,
    typed: bool,
    values: Option<Vec<Value>>,
    object: Object,
    required: BTreeSet<String>,
    items: Option<NodeId>,
    prefix: Vec<NodeId>,
    range: Range,
    length: Span,
    count: Span,
}

fn merge(export: &Export, conjunction: &Conjunction, out: &mut Vec<Alternative>) {
    let mut merged = Merged {
        kinds: Kinds::ALL,
        typed: false,
        values: None,
        object: Object { fields: BTreeMap::new(), extra: Extra::Open },
        required: BTreeSet::new(),
        items: None,
        prefix: Vec::new(),
        range: Range::default(),
        length: Span::default(),
        count: Span::default(),
    };
    for id in &conjunction.nodes {
        let node = export.node(*id);
        if node.nothing {
            return;
        }
        if let Some(kinds) = node.kinds {
            merged.kinds = merged.kinds.and(kinds);
            merged.typed = true;
        }
        merged.values = match (merged.values.take(), &node.values) {
            (None, values) => values.clone(),
            (Some(values), None) => Some(values),
            (Some(values), Some(other)) => Some(values.into_iter().filter(|value| other.contains(value)).collect()),
        };
        for (name, field) in &node.fields {
            merged.object.fields.insert(name.clone(), Field { node: Some(*field), required: false });
        }
        merged.required.extend(node.required.iter().cloned());
        if let Some(additional) = node.additional {
            let is_closed = export.node(additional).nothing;
            merged.object.extra = if is_closed { Extra::Closed } else { Extra::Each(additional) };
        }
        merged.items = node.items.or(merged.items);
        if !node.prefix.is_empty() {
            merged.prefix.clone_from(&node.prefix);
        }
        merged.range = merged.range.and(node.range);
        merged.length = merged.length.and(node.length);
        merged.count = merged.count.and(node.count);
    }
    let unit = conjunction.unit;
    out.extend(merged.bodies().into_iter().map(|body| Alternative { unit, body }));
}

impl Merged {
    fn bodies(mut self) -> Vec<Body> {
        if let Some(values) = self.values {
            let fits = |value: &Value| self.kinds.contains(Kinds::of(value));
            let body = |value: Value| if value.is_null() { Body::Null } else { Body::Literal(value) };
            return values.into_iter().filter(fits).map(body).collect();
        }
        for name in std::mem::take(&mut self.required) {
            self.object.fields.entry(name).or_insert(Field { node: None, required: false }).required = true;
        }
        // Without `type`, keywords of one type say which one is meant.
        if !self.typed {
            let is_object = !self.object.fields.is_empty() || !matches!(self.object.extra, Extra::Open);
            self.kinds = if is_object {
                Kinds::OBJECT
            } else if self.items.is_some() || !self.prefix.is_empty() || self.count != Span::default() {
                Kinds::ARRAY
            } else if self.range != Range::default() {
                Kinds::NUMBER
            } else if self.length != Span::default() {
                Kinds::STRING
            } else {
                return vec![Body::Any];
            };
        }
        if self.kinds == Kinds::ALL {
            return vec![Body::Any];
        }
        let mut bodies = Vec::new();
        let mut add = |kind: Kinds, body: Body| {
            if self.kinds.meets(kind) {
                bodies.push(body);
            }
        };
        add(Kinds::BOOLEAN, Body::Boolean);
        add(Kinds::NUMBER, Body::Number { whole: !self.kinds.contains(Kinds::NUMBER), range: self.range });
        add(Kinds::STRING, Body::Text { length: self.length.range() });
        add(Kinds::ARRAY, Body::List { items: self.items, prefix: self.prefix, count: self.count.range() });
        add(Kinds::OBJECT, Body::Object(self.object));
        add(Kinds::NULL, Body::Null);
        bodies
    }
}
