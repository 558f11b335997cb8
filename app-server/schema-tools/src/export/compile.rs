//! JSON schemas to nodes.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::LoadError;
use super::node::{Kinds, Node, NodeId, Quantity, Range, Span};

/// How deep schemas may be nested in the document.
const MAX_DEPTH: usize = 128;

/// A definition before it is compiled.
pub(super) struct Definition<'a> {
    /// How references spell it, such as `#/definitions/v2/Thread`.
    pub(super) pointer: String,
    /// Its name alone.
    pub(super) name: String,
    pub(super) schema: &'a Value,
}

/// Turns schemas into nodes; references are resolved by the pointer, else by the name behind the last slash.
pub(super) struct Compiler<'a> {
    pub(super) nodes: Vec<Node>,
    pub(super) types: BTreeMap<String, NodeId>,
    by_pointer: HashMap<String, NodeId>,
    raw: HashMap<NodeId, &'a Value>,
}

impl<'a> Compiler<'a> {
    /// Compiles every definition. Of two with the same name the later one is the type of that name.
    pub(super) fn new(definitions: Vec<Definition<'a>>) -> Result<Self, LoadError> {
        let mut compiler = Self {
            nodes: vec![Node::default(); definitions.len()],
            types: BTreeMap::new(),
            by_pointer: HashMap::new(),
            raw: HashMap::new(),
        };
        for (at, definition) in definitions.iter().enumerate() {
            compiler.types.insert(definition.name.clone(), NodeId(at));
            compiler.by_pointer.insert(definition.pointer.clone(), NodeId(at));
            compiler.raw.insert(NodeId(at), definition.schema);
        }
        for (at, definition) in definitions.into_iter().enumerate() {
            let node = compiler.node(definition.schema, 0)?;
            compiler.nodes[at] = Node { name: Some(definition.name), ..node };
        }
        Ok(compiler)
    }

    /// The definition to which a schema that is nothing but a reference leads.
    pub(super) fn resolve(&self, schema: &'a Value) -> Result<&'a Value, LoadError> {
        let mut schema = schema;
        for _ in 0..MAX_DEPTH {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return Ok(schema) };
            let target = self.target(reference)?;
            schema = self.raw.get(&target).copied().ok_or_else(|| unknown(reference))?;
        }
        Err(LoadError::TooDeep)
    }

    /// Compiles one schema; a bare reference is the node that it leads to.
    pub(super) fn schema(&mut self, schema: &Value, depth: usize) -> Result<NodeId, LoadError> {
        if depth > MAX_DEPTH {
            return Err(LoadError::TooDeep);
        }
        if let Value::Object(object) = schema {
            let is_bare = object.keys().all(|key| matches!(key.as_str(), "$ref" | "title" | "description"));
            if let (true, Some(reference)) = (is_bare, object.get("$ref").and_then(Value::as_str)) {
                return self.target(reference);
            }
        }
        let node = self.node(schema, depth)?;
        self.nodes.push(node);
        Ok(NodeId(self.nodes.len() - 1))
    }

    fn target(&self, reference: &str) -> Result<NodeId, LoadError> {
        let pointer = reference.find('#').map_or(reference, |at| &reference[at..]);
        let by_name = || self.types.get(&unescaped(pointer.rsplit('/').next()?));
        self.by_pointer.get(pointer).or_else(by_name).copied().ok_or_else(|| unknown(reference))
    }

    fn node(&mut self, schema: &Value, depth: usize) -> Result<Node, LoadError> {
        let object = match schema {
            Value::Bool(all) => return Ok(Node { nothing: !all, ..Node::default() }),
            Value::Object(object) => object,
            other => return Err(malformed("a schema", other)),
        };
        let depth = depth + 1;
        let mut node = Node {
            kinds: object.get("type").map(kinds).transpose()?,
            values: values(object)?,
            range: range(object),
            length: span(object, "minLength", "maxLength"),
            count: span(object, "minItems", "maxItems"),
            format: object.get("format").and_then(Value::as_str).map(str::to_owned),
            default: object.get("default").cloned(),
            discriminator: object.get("discriminator").and_then(property_name),
            ..Node::default()
        };
        if let Some(reference) = object.get("$ref") {
            let reference = reference.as_str().ok_or_else(|| malformed("$ref", reference))?;
            node.reference = Some(self.target(reference)?);
        }
        if let Some(fields) = object.get("properties") {
            for (name, field) in fields.as_object().ok_or_else(|| malformed("properties", fields))? {
                let field = self.schema(field, depth)?;
                node.fields.insert(name.clone(), field);
            }
        }
        for name in list(object, "required")? {
            node.required.insert(name.as_str().ok_or_else(|| malformed("required", name))?.to_owned());
        }
        node.additional = self.optional(object, "additionalProperties", depth)?;
        if let Some(Value::Array(_)) = object.get("items") {
            node.prefix = self.schemas(object, "items", depth)?;
            node.items = self.optional(object, "additionalItems", depth)?;
        } else {
            node.prefix = self.schemas(object, "prefixItems", depth)?;
            node.items = self.optional(object, "items", depth)?;
        }
        node.one_of = self.schemas(object, "oneOf", depth)?;
        node.any_of = self.schemas(object, "anyOf", depth)?;
        node.all_of = self.schemas(object, "allOf", depth)?;
        Ok(node)
    }

    fn optional(&mut self, object: &Map<String, Value>, key: &str, depth: usize) -> Result<Option<NodeId>, LoadError> {
        // The schema `true` says nothing.
        object.get(key).filter(|schema| **schema != Value::Bool(true)).map(|it| self.schema(it, depth)).transpose()
    }

    fn schemas(&mut self, object: &Map<String, Value>, key: &str, depth: usize) -> Result<Vec<NodeId>, LoadError> {
        list(object, key)?.iter().map(|schema| self.schema(schema, depth)).collect()
    }
}

/// A name as it stands in a pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

fn unknown(reference: &str) -> LoadError {
    LoadError::UnknownReference { reference: reference.to_owned() }
}

fn malformed(keyword: &str, found: &Value) -> LoadError {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "an unexpected string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    LoadError::Malformed { keyword: keyword.to_owned(), found: found.to_owned() }
}

fn list<'a>(object: &'a Map<String, Value>, key: &str) -> Result<&'a [Value], LoadError> {
    match object.get(key) {
        None => Ok(&[]),
        Some(value) => value.as_array().map(Vec::as_slice).ok_or_else(|| malformed(key, value)),
    }
}

fn kinds(value: &Value) -> Result<Kinds, LoadError> {
    let one = |name: &Value| name.as_str().and_then(Kinds::named).ok_or_else(|| malformed("type", name));
    match value {
        Value::Array(names) => names.iter().try_fold(Kinds::default(), |all, name| Ok(all.or(one(name)?))),
        name => one(name),
    }
}

fn values(object: &Map<String, Value>) -> Result<Option<Vec<Value>>, LoadError> {
    let listed = object.contains_key("enum").then(|| list(object, "enum")).transpose()?;
    Ok(match (object.get("const"), listed) {
        (None, listed) => listed.map(<[Value]>::to_vec),
        (Some(only), Some(listed)) if !listed.contains(only) => Some(Vec::new()),
        (Some(only), _) => Some(vec![only.clone()]),
    })
}

fn range(object: &Map<String, Value>) -> Range {
    let bound = |key: &str| match object.get(key) {
        Some(Value::Number(number)) => Some(Quantity::of(number)),
        _ => None,
    };
    let format = object.get("format").and_then(Value::as_str).map(Range::of_format).unwrap_or_default();
    Range { min: bound("minimum"), max: bound("maximum") }.and(format)
}

fn span(object: &Map<String, Value>, min: &str, max: &str) -> Span {
    let bound = |key: &str| object.get(key).and_then(Value::as_u64);
    Span { min: bound(min), max: bound(max) }
}

/// `discriminator` is an object with `propertyName`; some generators write the name alone.
fn property_name(discriminator: &Value) -> Option<String> {
    discriminator.get("propertyName").unwrap_or(discriminator).as_str().map(str::to_owned)
}
