//! `openrpc.json`: the requests and notifications of clients as an OpenRPC document. Requests and notifications of the server
//! have no place in OpenRPC; they stand in `methods.json`.

use serde_json::{Map, Value, json};

use super::super::types::Method;
use super::definitions::{Definitions, Way};
use super::shape::{Shape, list};
use crate::{Direction, ErrorKind, Stability, WIRE_VERSION};

const PREFIX: &str = "#/components/schemas/";

/// The document.
pub(super) fn document(definitions: &Definitions) -> Value {
    let schemas: Map<String, Value> = definitions.all(PREFIX, false).into_iter().collect();
    let methods: Vec<Value> = [Direction::ClientRequest, Direction::ClientNotification]
        .into_iter()
        .flat_map(|direction| definitions.methods(direction))
        .map(|method| entry(definitions, method, &schemas))
        .collect();
    json!({
        "openrpc": "1.3.2",
        "info": {
            "title": "codex app-server",
            "version": WIRE_VERSION,
            "description": "What clients may ask of the server. Messages carry no `jsonrpc` field. What the server asks and \
                tells stands in `methods.json`.",
            "license": { "name": "Apache-2.0" }
        },
        "methods": methods,
        "components": { "schemas": schemas },
    })
}

fn shaped(definitions: &Definitions, way: Way, schema: &Value) -> Value {
    let rename = |name: &str| definitions.name(way, name);
    Shape { prefix: PREFIX, rename: &rename, prefix_items: false }.of(schema)
}

fn entry(definitions: &Definitions, method: &Method, schemas: &Map<String, Value>) -> Value {
    let row = method.row;
    let params = shaped(definitions, Way::Taken, &method.params);
    let description = row.description();
    let mut entry = Map::new();
    entry.insert("name".to_owned(), row.name.into());
    entry.insert("summary".to_owned(), description.lines().next().unwrap_or_default().into());
    entry.insert("description".to_owned(), description.as_str().into());
    entry.insert("paramStructure".to_owned(), "by-name".into());
    entry.insert("params".to_owned(), fields(&params, schemas));
    if row.direction == Direction::ClientRequest {
        let result = shaped(definitions, Way::Written, &method.result);
        entry.insert("result".to_owned(), json!({ "name": "result", "schema": result }));
        entry.insert("errors".to_owned(), errors(row.fails));
    }
    entry.insert("x-params".to_owned(), params);
    entry.insert("x-stability".to_owned(), json!(row.stability));
    entry.insert("x-since".to_owned(), row.since.into());
    if row.stability == Stability::Experimental {
        entry.insert("tags".to_owned(), json!([{ "name": "experimental" }]));
    }
    Value::Object(entry)
}

/// The fields of params, which OpenRPC lists one by one. Where params are a union every field of every arm is listed as
/// optional unless all arms need it; `x-params` has the exact schema.
fn fields(params: &Value, schemas: &Map<String, Value>) -> Value {
    let named = |schema: &Value| {
        let name = schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)?;
        schemas.get(name)
    };
    let may_be_absent = params.get("anyOf").is_some();
    let Some(schema) = named(params).or_else(|| params.get("anyOf")?.as_array()?.iter().find_map(named)) else {
        return json!([]);
    };
    let arms: Vec<&Value> = match schema.get("oneOf").or_else(|| schema.get("anyOf")) {
        Some(arms) => list(arms).iter().collect(),
        None => vec![schema],
    };
    let is_required = |name: &str| {
        let in_arm = |arm: &&Value| arm.get("required").map(list).unwrap_or_default().iter().any(|own| own == name);
        !may_be_absent && arms.iter().all(in_arm)
    };
    // What the arms say of one field, where they say different things.
    let mut said: Vec<(&String, Vec<&Value>)> = Vec::new();
    for (name, schema) in arms.iter().filter_map(|arm| arm.get("properties")?.as_object()).flatten() {
        match said.iter_mut().find(|(own, _)| *own == name) {
            Some((_, schemas)) if schemas.contains(&schema) => {}
            Some((_, schemas)) => schemas.push(schema),
            None => said.push((name, vec![schema])),
        }
    }
    // What must be there stands first, as OpenRPC wants it.
    let (required, optional): (Vec<_>, Vec<_>) = said.into_iter().partition(|(name, _)| is_required(name));
    let field = |required: bool| move |(name, schemas): (&String, Vec<&Value>)| descriptor(name, &schemas, required);
    required.into_iter().map(field(true)).chain(optional.into_iter().map(field(false))).collect()
}

/// One field of params.
fn descriptor(name: &str, schemas: &[&Value], required: bool) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), name.into());
    let own = |key: &str| schemas.iter().find_map(|schema| schema.get(key)).cloned();
    field.extend(["description", "deprecated"].into_iter().filter_map(|key| Some((key.to_owned(), own(key)?))));
    field.insert("required".to_owned(), required.into());
    let schema = match schemas {
        [only] => (*only).clone(),
        several => json!({ "anyOf": several }),
    };
    field.insert("schema".to_owned(), schema);
    Value::Object(field)
}

fn errors(own: &[ErrorKind]) -> Value {
    ErrorKind::of_every_request()
        .iter()
        .chain(own)
        .map(|kind| {
            let message: Vec<&str> = kind.docs().iter().map(|line| line.trim()).collect();
            json!({
                "code": kind.rpc_code(),
                "message": message.join(" "),
                "data": { "code": kind.code(), "retryable": kind.retryable() }
            })
        })
        .collect()
}
