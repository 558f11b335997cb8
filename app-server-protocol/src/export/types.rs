//! Every type of a surface: its schema and the types it names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::{Contract, SchemaGenerator, SchemaSettings};
use schemars::transform::{ReplacePrefixItems, ReplaceUnevaluatedProperties};
use serde_json::{Map, Value};

use super::Surface;
use super::normalize::{ROOT, normalize};
use crate::jsonrpc::{
    JsonRpcError, JsonRpcErrorError, JsonRpcMessage, JsonRpcNotification, JsonRpcRequest, JsonRpcResponse,
};
use crate::{
    ClientNotification, ClientRequest, Direction, MethodRow, RequestId, ServerNotification, ServerRequest, Stability,
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
    /// The types it names itself.
    needs: Vec<usize>,
}

/// A method of the surface, with what its types are called.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) row: &'static MethodRow,
    /// The schema of the params: a reference, or the null type.
    pub(super) params: Value,
    /// Where its types are declared: `v1`, `v2` or nothing.
    pub(super) module: &'static str,
    /// The named types of params and result.
    pub(super) named: Vec<String>,
}

impl Types {
    /// Walks the method tables.
    pub(super) fn of(surface: Surface, contract: Contract) -> Self {
        let mut generator = generator(contract);
        let methods = rows(surface).filter_map(|row| Method::of(row, &mut generator)).collect();
        for (_, add) in ENVELOPES {
            add(&mut generator);
        }
        let mut types = Self::new(generator.take_definitions(true), surface);
        types.methods = methods;
        types
    }

    /// Makes the schemas fit the surface and finds out what they name.
    pub(super) fn new(definitions: Map<String, Value>, surface: Surface) -> Self {
        let mut types: Vec<Type> = definitions
            .into_iter()
            .map(|(name, mut schema)| {
                let at_root = schema.get(ROOT).is_some();
                normalize(&name, &mut schema, surface);
                Type { name, schema, at_root, needs: Vec::new() }
            })
            .collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        let places: BTreeMap<String, usize> =
            types.iter().enumerate().map(|(place, named)| (named.name.clone(), place)).collect();
        for named in &mut types {
            references(&named.schema, &mut |name| named.needs.extend(places.get(name)));
        }
        Self { types, places, methods: Vec::new() }
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
    fn of(row: &'static MethodRow, generator: &mut SchemaGenerator) -> Option<Self> {
        let schemas = row.schemas?;
        let params = (schemas.params)(generator).to_value();
        (schemas.result)(generator);
        let named = [(schemas.params_name)(), (schemas.result_name)()];
        let named = named.into_iter().flatten().map(String::from).collect();
        Some(Self { row, params, module: schemas.module, named })
    }
}

/// Makes schemas in the words of draft-07, marks included.
pub(super) fn generator(contract: Contract) -> SchemaGenerator {
    let mut settings = SchemaSettings::draft07();
    settings.contract = contract;
    // What stands beside a `$ref` is moved after the marks are gone, see `normalize`.
    settings.transforms =
        vec![Box::new(ReplaceUnevaluatedProperties::default()), Box::new(ReplacePrefixItems::default())];
    settings.into_generator()
}

/// The methods of a surface, all directions.
fn rows(surface: Surface) -> impl Iterator<Item = &'static MethodRow> {
    [ClientRequest::ROWS, ServerRequest::ROWS, ServerNotification::ROWS, ClientNotification::ROWS]
        .into_iter()
        .flatten()
        .filter(move |row| match row.stability {
            Stability::Stable => true,
            Stability::Experimental => surface == Surface::Experimental,
            Stability::Extension | Stability::Hidden => false,
        })
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

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// The names of the types that a schema refers to.
fn references<'a>(schema: &'a Value, found: &mut impl FnMut(&'a str)) {
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
