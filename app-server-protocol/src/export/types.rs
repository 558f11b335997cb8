//! Every type of a surface: its schema and the types it names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use schemars::JsonSchema;
use schemars::generate::{Contract, SchemaGenerator, SchemaSettings};
use schemars::transform::{ReplacePrefixItems, ReplaceUnevaluatedProperties};
use serde_json::{Map, Value, json};

use super::Surface;
use super::normalize::{NEVER_NULL, ROOT, Reading, normalize};
use crate::experimental::EXPERIMENTAL;
use crate::jsonrpc::{
    JsonRpcError, JsonRpcErrorError, JsonRpcMessage, JsonRpcNotification, JsonRpcRequest, JsonRpcResponse,
};
use crate::{
    ClientNotification, ClientRequest, Direction, MethodRow, RequestId, ServerNotification, ServerRequest, Stability,
    v2,
};

/// The types of a surface, sorted by name.
#[derive(Debug)]
pub(super) struct Types {
    types: Vec<Type>,
    places: BTreeMap<String, usize>,
    /// The methods of the surface that have types.
    pub(super) methods: Vec<Method>,
}

/// A type of the surface.
#[derive(Debug)]
pub(super) struct Type {
    pub(super) name: String,
    pub(super) schema: Value,
    /// Whether its TypeScript stands beside the folders of the versions.
    pub(super) at_root: bool,
    /// Whether it belongs to version 2: some method of it needs it, or none of another version does.
    pub(super) in_v2: bool,
    /// Whether the type as a whole is marked experimental.
    experimental: bool,
    /// The types it names itself.
    needs: Vec<usize>,
}

/// A method of the surface, with what its types are called.
#[derive(Clone, Debug)]
pub(super) struct Method {
    pub(super) row: &'static MethodRow,
    /// The schema of the params: a reference, also one that may be null, or the null type.
    pub(super) params: Value,
    /// The schema of the result: a reference; the null type for notifications.
    pub(super) result: Value,
    /// Where its types are declared: `v1`, `v2` or nothing.
    pub(super) module: &'static str,
    /// The named types of params and result.
    pub(super) named: Vec<String>,
}

/// What a document is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// TypeScript: what is always there when written; null where clients may send it.
    TypeScript,
    /// What the server writes, exactly.
    Written,
    /// What the server takes.
    Taken,
    /// The compatible JSON Schema, which says of every type what may be left out when reading.
    Compatible,
}

impl Purpose {
    fn contract(self) -> Contract {
        match self {
            Self::Taken | Self::Compatible => Contract::Deserialize,
            Self::TypeScript | Self::Written => Contract::Serialize,
        }
    }

    /// Whether it is for our own documents, which have the extensions too.
    fn is_own(self) -> bool {
        matches!(self, Self::Written | Self::Taken)
    }
}

/// The method tables as schemars describes them, whole and with all marks.
struct Walk {
    methods: Vec<Method>,
    definitions: Map<String, Value>,
    /// What methods of version 2 need, and what the others do. Asked of the whole surface, so that both exports give a type
    /// the same place.
    of_v2: BTreeSet<String>,
    of_others: BTreeSet<String>,
    /// What the server takes from clients.
    taken: BTreeSet<String>,
    /// What nothing but extensions need.
    of_extensions: BTreeSet<String>,
}

impl Walk {
    /// Made once in a process.
    fn of(contract: Contract) -> &'static Self {
        static WRITTEN: OnceLock<Walk> = OnceLock::new();
        static READ: OnceLock<Walk> = OnceLock::new();
        let made = if contract.is_serialize() { &WRITTEN } else { &READ };
        made.get_or_init(|| Self::make(contract))
    }

    fn make(contract: Contract) -> Self {
        let mut generator = generator(contract);
        let methods: Vec<Method> = rows().map(|row| Method::of(row, &mut generator)).collect();
        for add in ENVELOPES.iter().map(|(_, add)| add).chain(BESIDE.iter().map(|beside| &beside.add)) {
            add(&mut generator);
        }
        let mut definitions = generator.take_definitions(true);
        definitions.extend(methods.iter().filter_map(Method::nullable));
        let needed = |roots: Vec<Value>| reach(&definitions, &roots);
        let of_v2 = needed(methods.iter().filter(|method| method.is_v2()).flat_map(Method::roots).collect());
        let of_others = needed(methods.iter().filter(|method| !method.is_v2()).flat_map(Method::roots).collect());
        let taken = needed(methods.iter().map(|method| method.taken().clone()).collect());
        let roots = |extensions: bool| -> Vec<Value> {
            let theirs = |method: &&Method| (method.row.stability == Stability::Extension) == extensions;
            methods.iter().filter(theirs).flat_map(Method::roots).collect()
        };
        let of_extensions = needed(roots(true)).difference(&needed(roots(false))).cloned().collect();
        Self { methods, definitions, of_v2, of_others, taken, of_extensions }
    }
}

impl Types {
    /// The types of a surface. Made once in a process: several documents are written from the same types.
    ///
    /// The stable surface keeps the types that only experimental parts use, as the reference does, but not those that
    /// experimental methods name themselves or that are marked. Nothing stable refers to them.
    pub(super) fn of(surface: Surface, purpose: Purpose) -> &'static Self {
        static MADE: [OnceLock<Types>; 8] = [const { OnceLock::new() }; 8];
        let place = match purpose {
            Purpose::Taken => 0,
            Purpose::TypeScript => 1,
            Purpose::Written => 2,
            Purpose::Compatible => 3,
        };
        let made = match surface {
            Surface::Stable => &MADE[place],
            Surface::Experimental => &MADE[place + 4],
        };
        made.get_or_init(|| Self::make(surface, purpose))
    }

    fn make(surface: Surface, purpose: Purpose) -> Self {
        let walk = Walk::of(purpose.contract());
        let mut types = Self::new(walk.definitions.clone(), |name, schema| Reading {
            surface,
            absent_is_never_null: match purpose {
                Purpose::Taken | Purpose::Compatible => false,
                Purpose::TypeScript => !walk.taken.contains(name) || schema.get(NEVER_NULL).is_some(),
                Purpose::Written => true,
            },
            reference_names: purpose != Purpose::Written,
            extensions: purpose.is_own(),
        });
        for named in &mut types.types {
            named.in_v2 = walk.of_v2.contains(&named.name) || !walk.of_others.contains(&named.name);
        }
        if !purpose.is_own() {
            types.types.retain(|named| !walk.of_extensions.contains(&named.name));
            types = Self::linked(types.types);
        }
        let (methods, others): (Vec<Method>, Vec<Method>) =
            walk.methods.iter().cloned().partition(|method| is_in(method.row.stability, surface, purpose));
        if surface == Surface::Stable {
            let roots: Vec<Value> = methods.iter().flat_map(Method::roots).collect();
            let kept: BTreeSet<String> = types.reach(&roots).map(|named| named.name.clone()).collect();
            let dropped: BTreeSet<&String> = others.iter().flat_map(|method| &method.named).collect();
            let stays =
                |named: &Type| kept.contains(&named.name) || !named.experimental && !dropped.contains(&named.name);
            let types_left = std::mem::take(&mut types.types).into_iter().filter(stays).collect();
            types = Self::linked(types_left);
        }
        types.methods = methods;
        types
    }

    /// Makes the schemas fit the document.
    pub(super) fn new(definitions: Map<String, Value>, reading: impl Fn(&str, &Value) -> Reading) -> Self {
        let types = definitions.into_iter().map(|(name, mut schema)| {
            let at_root = schema.get(ROOT).is_some();
            let experimental = schema.get(EXPERIMENTAL).is_some();
            let reading = reading(&name, &schema);
            normalize(&name, &mut schema, reading);
            Type { name, schema, at_root, experimental, in_v2: true, needs: Vec::new() }
        });
        Self::linked(types.collect())
    }

    /// Sorts the types and finds out what they name.
    fn linked(mut types: Vec<Type>) -> Self {
        types.sort_by(|a, b| a.name.cmp(&b.name));
        let places: BTreeMap<String, usize> =
            types.iter().enumerate().map(|(place, named)| (named.name.clone(), place)).collect();
        for named in &mut types {
            named.needs.clear();
            references(&named.schema, &mut |name| named.needs.extend(places.get(name)));
        }
        Self { types, places, methods: Vec::new() }
    }

    /// Every type, sorted by name.
    pub(super) fn all(&self) -> &[Type] {
        &self.types
    }

    /// The methods of one direction.
    pub(super) fn methods(&self, direction: Direction) -> impl Iterator<Item = &Method> {
        self.methods.iter().filter(move |method| method.row.direction == direction)
    }

    /// The type with this name.
    pub(super) fn get(&self, name: &str) -> Option<&Type> {
        self.types.get(*self.places.get(name)?)
    }

    /// All types that these schemas need, sorted by name.
    pub(super) fn reach<'a>(&'a self, from: impl IntoIterator<Item = &'a Value>) -> impl Iterator<Item = &'a Type> {
        let mut todo: Vec<usize> = Vec::new();
        for schema in from {
            references(schema, &mut |name| todo.extend(self.places.get(name)));
        }
        let mut seen = vec![false; self.types.len()];
        while let Some(place) = todo.pop() {
            if let (Some(seen @ false), Some(named)) = (seen.get_mut(place), self.types.get(place)) {
                *seen = true;
                todo.extend(&named.needs);
            }
        }
        self.types.iter().zip(seen).filter(|(_, seen)| *seen).map(|(named, _)| named)
    }
}

impl Method {
    fn of(row: &'static MethodRow, generator: &mut SchemaGenerator) -> Self {
        let schemas = row.schemas;
        let params = (schemas.params)(generator).to_value();
        let result = (schemas.result)(generator).to_value();
        let named = [(schemas.params_name)(), (schemas.result_name)()];
        let named = named.into_iter().flatten().map(String::from).collect();
        Self { row, params, result, module: schemas.module, named }
    }

    /// What the server takes from a client: the params of its requests, the results of the server's.
    pub(super) fn taken(&self) -> &Value {
        match self.row.direction {
            Direction::ClientRequest | Direction::ClientNotification => &self.params,
            Direction::ServerRequest | Direction::ServerNotification => &self.result,
        }
    }

    /// What the server writes.
    pub(super) fn written(&self) -> &Value {
        match self.row.direction {
            Direction::ClientRequest | Direction::ClientNotification => &self.result,
            Direction::ServerRequest | Direction::ServerNotification => &self.params,
        }
    }

    /// Whether it belongs to version 2. The reference keeps both sides of its own requests out of it.
    pub(super) fn is_v2(&self) -> bool {
        self.module == "v2" && self.row.direction != Direction::ServerRequest
    }

    /// The schemas that name its types.
    pub(super) fn roots(&self) -> impl Iterator<Item = Value> {
        self.named.iter().map(|name| json!({ "$ref": format!("#/definitions/{name}") })).chain([self.params.clone()])
    }

    /// The type that stands for params that may also be null.
    fn nullable(&self) -> Option<(String, Value)> {
        let name = self.named.iter().find(|name| name.starts_with(NULLABLE))?;
        Some((name.clone(), self.params.clone()))
    }
}

/// Begins the names of types that stand for another one or null.
pub(super) const NULLABLE: &str = "Nullable";

/// Makes schemas in the words of draft-07, marks included.
pub(super) fn generator(contract: Contract) -> SchemaGenerator {
    let mut settings = SchemaSettings::draft07();
    settings.contract = contract;
    // What stands beside a `$ref` is moved after the marks are gone, see `normalize`.
    settings.transforms =
        vec![Box::new(ReplaceUnevaluatedProperties::default()), Box::new(ReplacePrefixItems::default())];
    settings.into_generator()
}

/// The methods of the exports, all directions.
fn rows() -> impl Iterator<Item = &'static MethodRow> {
    [ClientRequest::ROWS, ServerRequest::ROWS, ServerNotification::ROWS, ClientNotification::ROWS]
        .into_iter()
        .flatten()
        .filter(|row| row.stability != Stability::Hidden)
}

/// Whether something of this stability is in the documents of a surface.
fn is_in(stability: Stability, surface: Surface, purpose: Purpose) -> bool {
    match stability {
        Stability::Stable => true,
        Stability::Experimental => surface == Surface::Experimental,
        Stability::Extension => purpose.is_own(),
        Stability::Hidden => false,
    }
}

/// Adds the schema of a type to those of the generator.
type Add = fn(&mut SchemaGenerator);

/// What stands around every message: the name of the type and how its schema is added.
pub(super) const ENVELOPES: [(&str, Add); 7] = [
    ("RequestId", add::<RequestId>),
    ("JSONRPCMessage", add::<JsonRpcMessage>),
    ("JSONRPCRequest", add::<JsonRpcRequest>),
    ("JSONRPCNotification", add::<JsonRpcNotification>),
    ("JSONRPCResponse", add::<JsonRpcResponse>),
    ("JSONRPCError", add::<JsonRpcError>),
    ("JSONRPCErrorError", add::<JsonRpcErrorError>),
];

/// A type that stands in the exports although no exported method names it.
pub(super) struct Beside {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether it has a JSON Schema file of its own.
    pub(super) has_file: bool,
    add: Add,
}

/// The data of errors, hidden notifications, and tables of the configuration that a client may look into.
pub(super) const BESIDE: [Beside; 7] = [
    Beside { name: "AppConfig", has_file: false, add: add::<v2::AppConfig> },
    Beside { name: "AppLinkConfig", has_file: false, add: add::<v2::AppLinkConfig> },
    Beside { name: "AppToolConfig", has_file: false, add: add::<v2::AppToolConfig> },
    Beside { name: "ModelProviderError", has_file: true, add: add::<v2::ModelProviderError> },
    Beside {
        name: "RawResponseItemCompletedNotification",
        has_file: true,
        add: add::<v2::RawResponseItemCompletedNotification>,
    },
    Beside {
        name: "RawResponseCompletedNotification",
        has_file: true,
        add: add::<v2::RawResponseCompletedNotification>,
    },
    Beside { name: "UserVerificationRpcError", has_file: true, add: add::<v2::UserVerificationRpcError> },
];

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// The names of all types that these schemas need.
fn reach(definitions: &Map<String, Value>, from: &[Value]) -> BTreeSet<String> {
    let mut todo: Vec<&str> = Vec::new();
    from.iter().for_each(|schema| references(schema, &mut |name| todo.push(name)));
    let mut seen = BTreeSet::new();
    while let Some(name) = todo.pop() {
        if let (false, Some(schema)) = (seen.contains(name), definitions.get(name)) {
            seen.insert(name.to_owned());
            references(schema, &mut |name| todo.push(name));
        }
    }
    seen
}

/// The names of the types that a schema refers to.
pub(super) fn references<'a>(schema: &'a Value, found: &mut impl FnMut(&'a str)) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(text) if key == "$ref" => {
                        found(text.rsplit('/').next().unwrap_or(text));
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
