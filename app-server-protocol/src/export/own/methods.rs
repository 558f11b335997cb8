//! `methods.json` and `errors.json`: what every method takes, answers, may fail with and may lead to.

use serde_json::{Map, Value, json};

use super::super::envelopes::takes_null;
use super::super::types::Method;
use super::definitions::Definitions;
use super::messages::{UNIONS, Union, shape};
use crate::{Direction, ErrorKind, MethodRow, WIRE_VERSION};

/// Every method of the surface.
pub(super) fn methods(definitions: &Definitions) -> Value {
    let from_server: Vec<&MethodRow> = [Direction::ServerNotification, Direction::ServerRequest]
        .into_iter()
        .flat_map(|direction| definitions.methods(direction).map(|method| method.row))
        .collect();
    let methods: Vec<Value> = UNIONS
        .iter()
        .flat_map(|union| definitions.methods(union.direction).map(move |method| (union, method)))
        .map(|(union, method)| entry(union, method, definitions, &from_server))
        .collect();
    json!({ "wireVersion": WIRE_VERSION, "methods": methods })
}

fn entry(union: &Union, method: &Method, definitions: &Definitions, from_server: &[&MethodRow]) -> Value {
    let row = method.row;
    let params = shape(definitions, union.params_way()).of(&method.params);
    let mut entry = Map::new();
    entry.insert("name".to_owned(), row.name.into());
    entry.insert("direction".to_owned(), json!(row.direction));
    entry.insert("stability".to_owned(), json!(row.stability));
    entry.insert("since".to_owned(), row.since.into());
    entry.insert("description".to_owned(), row.description().into());
    entry.insert("params".to_owned(), into_bundle(&params));
    entry.insert("paramsOptional".to_owned(), takes_null(&method.params).into());
    if union.results.is_some() {
        entry.insert("result".to_owned(), into_bundle(&shape(definitions, union.results_way()).of(&method.result)));
        entry.insert("scope".to_owned(), scope(row));
        let errors = ErrorKind::of_every_request().iter().chain(row.fails);
        entry.insert("errors".to_owned(), errors.map(|kind| kind.code()).collect());
        let causes = from_server
            .iter()
            .filter(|caused| row.causes.contains(&caused.name) || row.runs_turn && caused.of_turn)
            .map(|caused| caused.name);
        entry.insert("causes".to_owned(), causes.collect());
    }
    Value::Object(entry)
}

/// The reference to a type of the bundle; null for what is null.
fn into_bundle(schema: &Value) -> Value {
    let reference = |schema: &Value| Some(format!("bundle.json{}", schema.get("$ref")?.as_str()?));
    let named = reference(schema).or_else(|| schema.get("anyOf")?.as_array()?.iter().find_map(reference));
    named.map_or(Value::Null, |reference| json!({ "$ref": reference }))
}

/// Which order the requests of a method keep: the name of the order, what tells two of that name apart (a field of the
/// params, or the name of the only one), and whether reads go together. Null when there is none.
fn scope(row: &MethodRow) -> Value {
    let (name, key) = match row.scope.split_once('(') {
        Some((name, key)) => (name, Some(key.trim_end_matches(')').trim_matches('"'))),
        None => (row.scope, None),
    };
    let (name, access) = match name.strip_suffix("_read") {
        Some(name) => (name, "read"),
        None => (name.strip_suffix("_write").unwrap_or(name), "write"),
    };
    match (name, key) {
        ("", _) => Value::Null,
        ("global", key) => json!({ "name": key, "by": null, "access": access }),
        (name, key) => json!({ "name": name, "by": key.map(camel), "access": access }),
    }
}

/// `thread_id` as the wire writes it.
fn camel(field: &str) -> String {
    let mut words = field.split('_');
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(letters.as_str());
    }
    out
}

/// Every kind of error that a request may be answered with.
pub(super) fn errors() -> Value {
    let errors: Vec<Value> = ErrorKind::ALL
        .iter()
        .map(|kind| {
            let docs: Vec<&str> = kind.docs().iter().map(|line| line.trim()).collect();
            json!({
                "code": kind.code(),
                "rpcCode": kind.rpc_code(),
                "retryable": kind.retryable(),
                "everyRequest": ErrorKind::of_every_request().contains(kind),
                "description": docs.join("\n"),
            })
        })
        .collect();
    json!({
        "wireVersion": WIRE_VERSION,
        "description": "The stable codes in `error.data.code`. Branch on these: messages are for people and may change.",
        "errors": errors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ClientRequest;

    fn scope_of(name: &str) -> Value {
        scope(ClientRequest::ROWS.iter().find(|row| row.name == name).unwrap())
    }

    #[test]
    fn scopes_are_told_in_the_words_of_the_wire() {
        assert_eq!(scope_of("turn/start"), json!({ "name": "thread", "by": "threadId", "access": "write" }));
        assert_eq!(scope_of("thread/read"), json!({ "name": "thread", "by": "threadId", "access": "read" }));
        assert_eq!(scope_of("config/read"), json!({ "name": "config", "by": null, "access": "read" }));
        assert_eq!(scope_of("initialize"), Value::Null);
    }
}
