//! Schemas in one line: `{ a: string; b?: int64 | null }`.

use serde_json::Value;

use super::{Export, Kinds, Node, NodeId, Quantity, Range};

/// Longer lines are cut.
const MAX_CHARS: usize = 160;

/// More values of an enum are counted only.
const MAX_VALUES: usize = 12;

impl Export {
    /// The schema in one line. Named types inside are named, not spelled out; the schema itself is.
    pub(crate) fn spelled(&self, id: NodeId) -> String {
        self.line(id, true)
    }

    /// The schema in one line, by its name where it has one.
    pub(crate) fn named(&self, id: NodeId) -> String {
        self.line(id, false)
    }

    fn line(&self, id: NodeId, spelled: bool) -> String {
        let mut writer = Writer { export: self, out: String::new() };
        writer.schema(id, spelled);
        cut(&writer.out, MAX_CHARS)
    }
}

/// The text, or its beginning and an ellipsis.
pub(crate) fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

struct Writer<'a> {
    export: &'a Export,
    out: String,
}

impl Writer<'_> {
    /// Inline schemas cannot go in circles, so this ends; what no line will show is not written.
    fn schema(&mut self, id: NodeId, spelled: bool) {
        if self.out.len() > 4 * MAX_CHARS {
            return;
        }
        let node = self.export.node(id);
        match &node.name {
            Some(name) if !spelled => self.out.push_str(name),
            _ => self.parts(node),
        }
    }

    fn parts(&mut self, node: &Node) {
        let start = self.out.len();
        self.own(node);
        let conjuncts = node.reference.into_iter().chain(node.all_of.iter().copied());
        for part in conjuncts {
            self.and(start);
            self.schema(part, false);
        }
        for arms in [&node.one_of, &node.any_of] {
            if arms.is_empty() {
                continue;
            }
            let is_inside = self.out.len() > start;
            self.and(start);
            if is_inside {
                self.out.push('(');
            }
            for (at, arm) in arms.iter().enumerate() {
                self.separate(at, " | ");
                self.schema(*arm, false);
            }
            if is_inside {
                self.out.push(')');
            }
        }
        if self.out.len() == start {
            self.out.push_str("any");
        }
    }

    fn and(&mut self, start: usize) {
        if self.out.len() > start {
            self.out.push_str(" & ");
        }
    }

    fn separate(&mut self, at: usize, separator: &str) {
        if at > 0 {
            self.out.push_str(separator);
        }
    }

    /// What the node itself says.
    fn own(&mut self, node: &Node) {
        if node.nothing {
            self.out.push_str("never");
        } else if let Some(values) = &node.values {
            for (at, value) in values.iter().take(MAX_VALUES).enumerate() {
                self.separate(at, " | ");
                self.out.push_str(&value.to_string());
            }
            if values.len() > MAX_VALUES {
                self.out.push_str(&format!(" | … {} more", values.len() - MAX_VALUES));
            }
        } else {
            let union_takes_over = !(node.one_of.is_empty() && node.any_of.is_empty()) && node.fields.is_empty();
            for (at, kind) in own_kinds(node).iter().filter(|_| !union_takes_over).enumerate() {
                self.separate(at, " | ");
                self.kind(node, kind);
            }
        }
    }

    fn kind(&mut self, node: &Node, kind: &str) {
        match kind {
            "object" => self.object(node),
            "array" => self.array(node),
            "integer" | "number" => {
                let format = node.format.as_deref().unwrap_or(kind);
                self.out.push_str(format);
                self.range(node.range, Range::of_format(format));
            }
            "string" => {
                self.out.push_str("string");
                self.range(node.length.range(), Range::default());
            }
            other => self.out.push_str(other),
        }
    }

    /// The range where the format does not say it already.
    fn range(&mut self, range: Range, known: Range) {
        if range != known {
            let bound = |bound: Option<Quantity>, known: Option<Quantity>| {
                bound.filter(|_| bound != known).map(|bound| bound.to_string()).unwrap_or_default()
            };
            self.out.push_str(&format!("({}..{})", bound(range.min, known.min), bound(range.max, known.max)));
        }
    }

    fn array(&mut self, node: &Node) {
        if !node.prefix.is_empty() {
            self.out.push('[');
            for (at, item) in node.prefix.iter().enumerate() {
                self.separate(at, ", ");
                self.schema(*item, false);
            }
            if let Some(rest) = node.items.filter(|rest| !self.export.node(*rest).nothing) {
                self.out.push_str(", ...");
                self.schema(rest, false);
            }
            self.out.push(']');
        } else {
            let start = self.out.len();
            match node.items {
                None => self.out.push_str("any"),
                Some(items) => self.schema(items, false),
            }
            if self.out[start..].contains([' ', '&']) && !self.out[start..].starts_with('{') {
                self.out.insert(start, '(');
                self.out.push(')');
            }
            self.out.push_str("[]");
        }
        self.range(node.count.range(), Range::default());
    }

    fn object(&mut self, node: &Node) {
        let additional = node.additional.filter(|id| !self.export.node(*id).nothing);
        let undeclared = node.required.iter().filter(|name| !node.fields.contains_key(*name));
        if node.fields.is_empty() && additional.is_none() && node.required.is_empty() {
            self.out.push_str(if node.additional.is_some() { "{}" } else { "object" });
            return;
        }
        self.out.push_str("{ ");
        let mut count = 0;
        for (name, field) in &node.fields {
            self.separate(count, "; ");
            count += 1;
            self.out.push_str(name);
            self.out.push_str(if node.required.contains(name) { ": " } else { "?: " });
            self.schema(*field, false);
        }
        for name in undeclared {
            self.separate(count, "; ");
            count += 1;
            self.out.push_str(name);
            self.out.push_str(": any");
        }
        if let Some(additional) = additional {
            self.separate(count, "; ");
            self.out.push_str("[key]: ");
            self.schema(additional, false);
        }
        self.out.push_str(" }");
    }
}

/// The types that a node allows, or that its keywords are about.
fn own_kinds(node: &Node) -> Vec<&'static str> {
    if let Some(kinds) = node.kinds {
        return if kinds == Kinds::ALL { vec!["any"] } else { sorted(kinds) };
    }
    let mut kinds = Kinds::default();
    if !node.fields.is_empty() || !node.required.is_empty() || node.additional.is_some() {
        kinds = kinds.or(Kinds::OBJECT);
    }
    if node.items.is_some() || !node.prefix.is_empty() {
        kinds = kinds.or(Kinds::ARRAY);
    }
    if node.range != Range::default() {
        kinds = kinds.or(Kinds::NUMBER);
    }
    sorted(kinds)
}

/// Null stands last.
fn sorted(kinds: Kinds) -> Vec<&'static str> {
    let mut names = kinds.names();
    if kinds.contains(Kinds::NULL) {
        names.retain(|name| *name != "null");
        names.push("null");
    }
    names
}

/// A literal in the notation.
pub(crate) fn literal(value: &Value) -> String {
    cut(&value.to_string(), MAX_CHARS)
}
