//! TypeScript files: one a type, printed from the same filtered schema as JSON Schema is.
//!
//! The schemas are those of what is *written*: a field that is always there is required, also when it may be null. A
//! file names the types it needs by importing them, so that every file compiles alone.

mod maps;
mod printer;

#[cfg(test)]
mod oracle;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::printer::Printer;
use super::envelopes::{UNIONS, emitted_at_ms};
use super::types::{NULLABLE, Purpose, Types};
use super::{GeneratedFile, Surface};
use crate::Direction;

const HEADER: &str = "// Generated from the protocol crate; do not edit.\n\n";
/// The name of any JSON in TypeScript, and the folder of its file.
const JSON: &str = "JsonValue";
const JSON_FOLDER: &str = "serde_json/";
const JSON_DECLARATION: &str = "export type JsonValue = \
    number | string | boolean | Array<JsonValue> | { [key in string]?: JsonValue } | null;\n";
/// A notification of the server with what stands beside method and params.
const NOTIFICATION_ENVELOPE: &str = "ServerNotificationEnvelope";

/// What a type says, before imports are known.
struct Declared {
    folder: &'static str,
    text: String,
    needs: BTreeSet<String>,
}

/// All files of a surface.
pub(super) fn files(surface: Surface) -> Vec<GeneratedFile> {
    let types = Types::of(surface, Purpose::TypeScript);
    let unions: Vec<(&str, Value)> = UNIONS.iter().map(|union| (union.name, union.schema(types))).collect();
    let mut declared = BTreeMap::new();
    // TypeScript writes `T | null` where it is needed.
    for named in types.all().iter().filter(|named| !named.name.starts_with(NULLABLE)) {
        let folder = if named.at_root { "" } else { "v2/" };
        declared.insert(named.name.clone(), Declared::new(folder, &named.name, &named.schema));
    }
    for (name, schema) in &unions {
        declared.insert((*name).to_owned(), Declared::new("", name, schema));
    }
    declared.insert(NOTIFICATION_ENVELOPE.to_owned(), notification_envelope());

    let folders: BTreeMap<&str, &str> =
        declared.iter().map(|(name, declared)| (name.as_str(), declared.folder)).chain([(JSON, JSON_FOLDER)]).collect();
    let mut files: Vec<GeneratedFile> = declared
        .iter()
        .map(|(name, declared)| GeneratedFile {
            path: format!("{}{name}.ts", declared.folder),
            contents: format!("{HEADER}{}{}", declared.imports(name, &folders), declared.text),
        })
        .collect();
    files.push(GeneratedFile {
        path: format!("{JSON_FOLDER}{JSON}.ts"),
        contents: format!("{HEADER}{JSON_DECLARATION}"),
    });
    files.push(GeneratedFile {
        path: format!("{}.ts", maps::MAPS),
        contents: {
            let maps = maps::declared(types);
            format!("{HEADER}{}{}", maps.imports(maps::MAPS, &folders), maps.text)
        },
    });
    for folder in ["", "v2/"] {
        files.push(index(folder, declared.iter().filter(|(_, other)| other.folder == folder).map(|(name, _)| name)));
    }
    files
}

fn notification_envelope() -> Declared {
    let union = UNIONS.iter().find(|union| union.direction == Direction::ServerNotification);
    let schema = serde_json::json!({
        "description": "A notification of the server as it stands on the wire.",
        "properties": { "emittedAtMs": emitted_at_ms() },
        "allOf": [{ "$ref": format!("#/definitions/{}", union.map_or("", |union| union.name)) }]
    });
    Declared::new("", NOTIFICATION_ENVELOPE, &schema)
}

/// The file that gathers a folder.
fn index<'a>(folder: &str, names: impl Iterator<Item = &'a String>) -> GeneratedFile {
    let mut contents = HEADER.to_owned();
    for name in names {
        contents.push_str(&format!("export type {{ {name} }} from \"./{name}\";\n"));
    }
    if folder.is_empty() {
        let names: Vec<&str> = maps::INTERFACES.iter().map(|map| map.name).collect();
        contents.push_str(&format!("export type {{ {} }} from \"./{}\";\n", names.join(", "), maps::MAPS));
        contents.push_str("export * as v2 from \"./v2\";\n");
    }
    GeneratedFile { path: format!("{folder}index.ts"), contents }
}

impl Declared {
    fn new(folder: &'static str, name: &str, schema: &Value) -> Self {
        let mut printer = Printer::default();
        let text = printer.declaration(name, schema);
        Self { folder, text, needs: printer.needs }
    }

    fn imports(&self, name: &str, folders: &BTreeMap<&str, &str>) -> String {
        let mut imports = String::new();
        for need in self.needs.iter().filter(|need| *need != name) {
            let to = folders.get(need.as_str()).copied().unwrap_or_default();
            let from = match (self.folder, to) {
                (here, there) if here == there => "./".to_owned(),
                ("", there) => format!("./{there}"),
                (_, there) => format!("../{there}"),
            };
            imports.push_str(&format!("import type {{ {need} }} from \"{from}{need}\";\n"));
        }
        if !imports.is_empty() {
            imports.push('\n');
        }
        imports
    }
}
