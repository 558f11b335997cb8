//! What holds for every export, whatever the tables hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use codex_app_server_protocol::export::{self, GeneratedFile, Surface};
use codex_app_server_protocol::{ClientRequest, MethodRow, ServerNotification, ServerRequest, Stability};
use serde_json::{Map, Value};

const SURFACES: [Surface; 2] = [Surface::Stable, Surface::Experimental];

fn rows() -> impl Iterator<Item = &'static MethodRow> {
    [ClientRequest::ROWS, ServerRequest::ROWS, ServerNotification::ROWS].into_iter().flatten()
}

fn is_exported(row: &MethodRow, surface: Surface) -> bool {
    match row.stability {
        Stability::Stable => true,
        Stability::Experimental => surface == Surface::Experimental,
        Stability::Extension | Stability::Hidden => false,
    }
}

fn parsed(surface: Surface) -> BTreeMap<String, Value> {
    export::json_schema(surface)
        .into_iter()
        .map(|file| (file.path, serde_json::from_str(&file.contents).unwrap()))
        .collect()
}

/// Calls `visit` for every object below `value`.
fn objects<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values().for_each(|value| objects(value, visit));
        }
        Value::Array(values) => values.iter().for_each(|value| objects(value, visit)),
        _ => {}
    }
}

#[test]
fn exports_are_byte_stable_and_every_path_is_written_once() {
    for surface in SURFACES {
        for generate in [export::json_schema, export::typescript] {
            let files = generate(surface);
            assert_eq!(files, generate(surface));
            assert!(files.is_sorted_by(|a, b| a.path < b.path), "paths are sorted and differ");
            assert!(files.iter().all(|file| file.contents.ends_with('\n') && !file.contents.ends_with("\n\n")));
        }
    }
}

#[test]
fn every_method_has_its_files_and_its_arm() {
    for surface in SURFACES {
        let files = parsed(surface);
        let mut arms = BTreeSet::new();
        for union in ["ClientRequest", "ServerRequest", "ServerNotification"] {
            let union = &files[&format!("{union}.json")];
            arms.extend(union["oneOf"].as_array().unwrap().iter().map(|arm| {
                assert_eq!(arm["required"][0], "method");
                arm["properties"]["method"]["enum"][0].as_str().unwrap().to_owned()
            }));
        }
        let typed: BTreeSet<String> =
            rows().filter(|row| is_exported(row, surface)).map(|row| row.name.to_owned()).collect();
        assert_eq!(arms, typed);
        for row in rows().filter(|row| is_exported(row, surface)) {
            let schemas = row.schemas;
            for name in [(schemas.params_name)(), (schemas.result_name)()].into_iter().flatten() {
                let file = files.iter().find(|(path, _)| path.rsplit('/').next() == Some(&format!("{name}.json")));
                let (path, schema) = file.unwrap_or_else(|| panic!("{}: no file for {name}", row.name));
                assert_eq!(schema["title"], name.as_ref(), "{path}");
            }
        }
    }
}

#[test]
fn the_files_that_clients_look_for_are_where_they_look() {
    for surface in SURFACES {
        let files = parsed(surface);
        for path in [
            "ClientRequest.json",
            "ServerRequest.json",
            "ServerNotification.json",
            "ClientNotification.json",
            "JSONRPCMessage.json",
            "JSONRPCResponse.json",
            "JSONRPCError.json",
            "RequestId.json",
            "v1/InitializeParams.json",
            "v2/TurnStartParams.json",
            "v2/ThreadResumeParams.json",
            "ToolRequestUserInputParams.json",
            "codex_app_server_protocol.schemas.json",
            "codex_app_server_protocol.v2.schemas.json",
        ] {
            assert!(files.contains_key(path), "{path}");
        }
        assert_eq!(files["ServerNotification.json"]["properties"]["emittedAtMs"]["format"], "int64");
        let flat = &files["codex_app_server_protocol.v2.schemas.json"]["definitions"];
        let whole = &files["codex_app_server_protocol.schemas.json"]["definitions"];
        for name in ["Thread", "TurnStartParams", "ThreadItem"] {
            assert_eq!(flat[name]["type"], "object");
            assert_eq!(whole["v2"][name]["type"], "object");
        }
        assert!(whole["InitializeParams"].is_object() && whole["JSONRPCError"].is_object());
    }
}

#[test]
fn every_file_stands_on_its_own_and_keeps_to_draft_07() {
    const KEYWORDS: &[&str] = &[
        "$schema",
        "$ref",
        "title",
        "description",
        // Of a later draft; readers of this one pass over it.
        "deprecated",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minItems",
        "maxItems",
        "oneOf",
        "anyOf",
        "allOf",
        "enum",
        "default",
        "format",
        "minimum",
        "maximum",
        "minLength",
        "definitions",
    ];
    fn check(path: &str, schema: &Value, root: &Value) {
        let Value::Object(object) = schema else {
            assert!(schema.is_boolean(), "{path}: {schema}");
            return;
        };
        for (key, value) in object {
            assert!(KEYWORDS.contains(&key.as_str()), "{path}: unknown keyword {key}");
            match key.as_str() {
                "$ref" => {
                    let pointer = value.as_str().unwrap().strip_prefix('#').unwrap();
                    assert!(root.pointer(pointer).is_some(), "{path}: {value} leads nowhere");
                    assert_eq!(object.len(), 1, "{path}: {value} hides what stands beside it");
                }
                "properties" => value.as_object().unwrap().values().for_each(|value| check(path, value, root)),
                "definitions" => {
                    for (name, value) in value.as_object().unwrap() {
                        match (name.as_str(), value) {
                            ("v2", Value::Object(v2)) => v2.values().for_each(|value| check(path, value, root)),
                            _ => check(path, value, root),
                        }
                    }
                }
                "items" | "additionalProperties" | "oneOf" | "anyOf" | "allOf" => match value {
                    Value::Array(schemas) => {
                        assert!(!schemas.is_empty(), "{path}: empty {key}");
                        schemas.iter().for_each(|value| check(path, value, root));
                    }
                    value => check(path, value, root),
                },
                "required" => {
                    let properties = object.get("properties").and_then(Value::as_object);
                    for name in value.as_array().unwrap() {
                        assert!(properties.is_some_and(|p| p.contains_key(name.as_str().unwrap())), "{path}: {name}");
                    }
                }
                _ => {}
            }
        }
    }
    for surface in SURFACES {
        for (path, schema) in parsed(surface) {
            assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{path}");
            check(&path, &schema, &schema);
            if !path.contains("codex_app_server_protocol") {
                let mut named = BTreeSet::new();
                objects(&schema, &mut |object| {
                    named.extend(
                        object.get("$ref").and_then(Value::as_str).map(|name| name.rsplit('/').next().unwrap()),
                    );
                });
                let defined: BTreeSet<&str> =
                    schema["definitions"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
                assert_eq!(named, defined, "{path}: definitions are those that are needed");
            }
        }
    }
}

/// What the stable surface lacks is told by the marks: fields by their names, types by nothing stable naming them. (The
/// bundles and TypeScript keep types that only experimental parts name, as the reference does; they stand unused.)
#[test]
fn stable_is_stable() {
    let stable = export::json_schema(Surface::Stable);
    let typescript = export::typescript(Surface::Stable);
    let fields = ["mockExperimental", "dynamicTools", "experimentalRawEvents"];
    let types = ["DynamicToolSpec", "CollaborationModeMask"];
    let methods: Vec<String> =
        rows().filter(|row| row.stability != Stability::Stable).map(|row| format!("\"{}\"", row.name)).collect();
    for GeneratedFile { path, contents } in stable.iter().chain(&typescript) {
        assert!(!contents.contains("\"x-"), "{path} has a mark");
        for trace in fields.iter().copied().chain(methods.iter().map(String::as_str)) {
            assert!(!contents.contains(trace), "{path} knows {trace}");
        }
        let is_whole = path.contains("codex_app_server_protocol") || path.ends_with("index.ts");
        for name in types.iter().filter(|name| !is_whole && !path.contains(**name)) {
            assert!(!contents.contains(name), "{path} names {name}");
        }
    }
    let all = export::json_schema(Surface::Experimental);
    for trace in fields.iter().chain(&types) {
        assert!(all.iter().any(|file| file.contents.contains(trace)), "{trace} is experimental");
    }
}

#[test]
fn the_experimental_surface_only_adds_to_the_stable_one() {
    fn extends(path: &str, stable: &Value, more: &Value) {
        match (stable, more) {
            (Value::Object(stable), Value::Object(more)) => {
                for (key, value) in stable {
                    let more = more.get(key).unwrap_or_else(|| panic!("{path}/{key} is gone"));
                    extends(&format!("{path}/{key}"), value, more);
                }
            }
            (Value::Array(stable), Value::Array(more))
                if ["oneOf", "anyOf", "enum", "required"].iter().any(|key| path.ends_with(key)) =>
            {
                for value in stable {
                    // An arm that grew is found by its title.
                    let found = more.iter().find(|more| match value.get("title") {
                        Some(title) => more.get("title") == Some(title),
                        None => *more == value,
                    });
                    let found = found.unwrap_or_else(|| panic!("{path}: {value} is gone"));
                    extends(&format!("{path}/{}", value["title"]), value, found);
                }
            }
            _ => assert_eq!(stable, more, "{path}"),
        }
    }
    let all = parsed(Surface::Experimental);
    for (path, stable) in parsed(Surface::Stable) {
        extends(&path, &stable, &all[&path]);
    }
}

const JSON: &str = "serde_json/JsonValue";

#[test]
fn typescript_maps_lead_from_every_method_to_its_types() {
    for surface in SURFACES {
        let files = export::typescript(surface);
        let maps = &files.iter().find(|file| file.path == "methods.ts").unwrap().contents;
        for row in rows() {
            let entry =
                maps.lines().find(|line| line.trim_start().starts_with(&format!("\"{}\": {{ params", row.name)));
            assert_eq!(entry.is_some(), is_exported(row, surface), "{}", row.name);
            let Some(entry) = entry else { continue };
            for name in [(row.schemas.params_name)(), (row.schemas.result_name)()].into_iter().flatten() {
                assert!(entry.contains(name.trim_start_matches("Nullable")), "{entry} lacks {name}");
            }
        }
        let index = &files.iter().find(|file| file.path == "index.ts").unwrap().contents;
        for name in ["ClientRequests", "ServerRequests", "ServerNotifications", "ClientNotifications"] {
            assert!(maps.contains(&format!("export interface {name} {{")));
            assert!(index.contains(name));
        }
    }
}

#[test]
fn typescript_files_import_what_they_name_and_the_indexes_list_all() {
    for surface in SURFACES {
        let files: BTreeMap<String, String> =
            export::typescript(surface).into_iter().map(|file| (file.path, file.contents)).collect();
        for (path, text) in &files {
            assert!(text.starts_with("// Generated from the protocol crate; do not edit.\n"), "{path}");
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let (name, from) = line.split_once(" } from \"").unwrap();
                let name = name.trim_start_matches("import type { ");
                let from = from.trim_end_matches("\";");
                let target = match (from.strip_prefix("../"), from.strip_prefix("./")) {
                    (Some(from), _) => format!("{from}.ts"),
                    (_, Some(from)) if folder.is_empty() => format!("{from}.ts"),
                    (_, from) => format!("{folder}/{}.ts", from.unwrap()),
                };
                assert!(
                    files[&target].contains(&format!("export type {name} = "))
                        || files[&target].contains(&format!("export type {name} =\n")),
                    "{path}: {line}"
                );
                assert!(text.matches(name).count() > 2, "{path} does not use {name}");
            }
            if let Some(name) =
                path.strip_suffix(".ts").filter(|name| !name.ends_with("index") && !["methods", JSON].contains(name))
            {
                let (index, name) = match name.strip_prefix("v2/") {
                    Some(name) => ("v2/index.ts", name),
                    None => ("index.ts", name),
                };
                assert!(files[index].contains(&format!("export type {{ {name} }} from \"./{name}\";\n")), "{path}");
            }
        }
        for row in rows().filter(|row| is_exported(row, surface)) {
            let schemas = row.schemas;
            let named = [(schemas.params_name)(), (schemas.result_name)()].into_iter().flatten();
            // TypeScript writes `T | null` in place.
            for name in named.filter(|name| !name.starts_with("Nullable")) {
                assert!(
                    files.contains_key(&format!("{name}.ts")) || files.contains_key(&format!("v2/{name}.ts")),
                    "{}: no file for {name}",
                    row.name
                );
            }
        }
    }
}

#[test]
fn writing_makes_folders_leaves_other_files_alone_and_names_the_path_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let file = |path: &str| GeneratedFile { path: path.to_owned(), contents: format!("{path}\n") };
    std::fs::write(folder.path().join("kept"), "mine").unwrap();
    export::write(&folder.path().join("deep/out"), &[file("a.json"), file("v2/b.json"), file("c.json")]).unwrap();
    assert_eq!(std::fs::read_to_string(folder.path().join("deep/out/v2/b.json")).unwrap(), "v2/b.json\n");
    assert_eq!(std::fs::read_to_string(folder.path().join("deep/out/c.json")).unwrap(), "c.json\n");
    assert_eq!(std::fs::read_to_string(folder.path().join("kept")).unwrap(), "mine");

    let error = export::write(folder.path(), &[file("kept/a.json")]).unwrap_err();
    assert!(error.to_string().contains("a.json"), "{error}");
}
