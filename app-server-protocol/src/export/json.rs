//! JSON Schema files: each type once as text, put together file by file.
//!
//! Every file carries the definitions it needs, so most types stand in many files; their text is made once and reused.
//! The bundles carry every type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::envelopes::{UNIONS, emitted_at_ms};
use super::types::{BESIDE, ENVELOPES, Purpose, Type, Types};
use super::{GeneratedFile, Surface, pretty};
use crate::Direction;

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
/// How a schema refers to a definition of its file.
const REFERENCE: &str = "\"$ref\": \"#/definitions/";

/// The folder of version 2.
const V2: &str = "v2/";

/// A type with a file of its own.
struct Root {
    folder: &'static str,
    schema: Value,
    /// The schema with its name as the title, as text.
    text: String,
}

impl Root {
    fn new(name: &str, folder: &'static str, schema: &Value) -> Self {
        let mut titled = Map::new();
        titled.insert("title".to_owned(), name.into());
        titled.extend(schema.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
        Self { folder, schema: schema.clone(), text: pretty(&Value::Object(titled)) }
    }
}

/// The types with files of their own, by name.
type Roots<'a> = BTreeMap<&'a str, Root>;
/// The text of types, by name; not indented.
type Texts<'a> = BTreeMap<&'a str, String>;

/// All files of a surface.
pub(super) fn files(surface: Surface) -> Vec<GeneratedFile> {
    let types = Types::of(surface, Purpose::Compatible);
    let roots = roots(types);
    let texts: Texts =
        types.all().iter().map(|named| (named.name.as_str(), indented(&pretty(&named.schema), 4))).collect();
    let mut files: Vec<GeneratedFile> = roots
        .iter()
        .map(|(name, root)| GeneratedFile {
            path: format!("{}{name}.json", root.folder),
            contents: document(
                &format!("{{\n  \"$schema\": \"{DRAFT}\",{}", root.text.trim_start_matches('{')),
                types.reach([&root.schema]).map(|named| (named.name.as_str(), get(&texts, &named.name))),
            ),
        })
        .collect();
    files.push(v2_bundle(types, &roots, &texts));
    files.push(bundle(types, &roots));
    files
}

/// The types with files of their own: those of methods and the envelopes.
fn roots(types: &Types) -> Roots<'_> {
    let mut roots = Roots::new();
    for method in &types.methods {
        let folder = match method.module {
            _ if method.is_v2() => V2,
            "v1" if method.row.direction != Direction::ServerRequest => "v1/",
            _ => "",
        };
        for named in method.named.iter().filter_map(|name| types.get(name)) {
            roots.insert(&named.name, Root::new(&named.name, folder, &named.schema));
        }
    }
    for named in BESIDE.iter().filter(|beside| beside.has_file).filter_map(|beside| types.get(beside.name)) {
        roots.insert(&named.name, Root::new(&named.name, V2, &named.schema));
    }
    for named in ENVELOPES.iter().filter_map(|(name, _)| types.get(name)) {
        roots.insert(&named.name, Root::new(&named.name, "", &named.schema));
    }
    for union in &UNIONS {
        let mut schema = union.schema(types);
        if union.direction == Direction::ServerNotification {
            schema["properties"] = json!({ "emittedAtMs": emitted_at_ms() });
        }
        roots.insert(union.name, Root::new(union.name, "", &schema));
    }
    roots
}

/// All types of version 2 side by side, with the messages that carry them.
fn v2_bundle(types: &Types, roots: &Roots, texts: &Texts) -> GeneratedFile {
    let of_v2 = |(name, root): &(&&str, &Root)| root.folder == V2 || V2_UNIONS.contains(*name);
    let mut definitions: Texts = types
        .reach(roots.iter().filter(of_v2).map(|(_, root)| &root.schema))
        .chain(unnamed(types, roots, true))
        .map(|named| (named.name.as_str(), get(texts, &named.name).to_owned()))
        .collect();
    definitions.extend(roots.iter().filter(of_v2).map(|(name, root)| (*name, indented(&root.text, 4))));
    GeneratedFile {
        path: "codex_app_server_protocol.v2.schemas.json".to_owned(),
        contents: document(&bundle_head("CodexAppServerProtocolV2"), borrowed(&definitions)),
    }
}

/// The types of version 2, or of the others, that no root needs: the bundles hold them all the same.
fn unnamed<'a>(types: &'a Types, roots: &Roots, in_v2: bool) -> impl Iterator<Item = &'a Type> {
    let needed: BTreeSet<&str> =
        types.reach(roots.values().map(|root| &root.schema)).map(|named| named.name.as_str()).collect();
    let rooted: BTreeSet<String> = roots.keys().map(|name| (*name).to_owned()).collect();
    let stays = move |named: &&Type| {
        named.in_v2 == in_v2 && !needed.contains(named.name.as_str()) && !rooted.contains(&named.name)
    };
    types.all().iter().filter(stays).collect::<Vec<_>>().into_iter()
}

/// The messages that the bundle of version 2 has.
const V2_UNIONS: [&str; 2] = ["ClientRequest", "ServerNotification"];

/// Everything: the types of version 2 below `v2`, the others beside it.
fn bundle(types: &Types, roots: &Roots) -> GeneratedFile {
    let titled = |name: &str, schema: &Value| roots.get(name).map_or_else(|| pretty(schema), |root| root.text.clone());
    let is_v2 = |root: &&Root| root.folder == V2;
    let mut v2: Texts = types
        .reach(roots.values().filter(is_v2).map(|root| &root.schema))
        .chain(unnamed(types, roots, true))
        .map(|named| (named.name.as_str(), titled(&named.name, &named.schema)))
        .collect();
    v2.extend(roots.iter().filter(|(_, root)| is_v2(root)).map(|(name, root)| (*name, root.text.clone())));

    let others = roots.iter().filter(|(_, root)| !is_v2(root));
    let mut top: Texts = types
        .reach(others.clone().map(|(_, root)| &root.schema))
        .chain(unnamed(types, roots, false))
        .filter(|named| !v2.contains_key(named.name.as_str()))
        .map(|named| (named.name.as_str(), titled(&named.name, &named.schema)))
        .collect();
    top.extend(others.map(|(name, root)| (*name, root.text.clone())));

    let names: BTreeSet<&str> = v2.keys().copied().collect();
    for text in top.values_mut() {
        *text = indented(&into_v2(text, &names), 4);
    }
    for text in v2.values_mut() {
        *text = indented(&into_v2(text, &names), 6);
    }
    top.insert("v2", members(borrowed(&v2), 6));
    GeneratedFile {
        path: "codex_app_server_protocol.schemas.json".to_owned(),
        contents: document(&bundle_head("CodexAppServerProtocol"), borrowed(&top)),
    }
}

fn bundle_head(title: &str) -> String {
    format!("{{\n  \"$schema\": \"{DRAFT}\",\n  \"title\": \"{title}\",\n  \"type\": \"object\"\n}}")
}

/// Points references to types of version 2 below `v2`.
fn into_v2(text: &str, v2: &BTreeSet<&str>) -> String {
    let mut parts = text.split(REFERENCE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(REFERENCE);
        let name = part.split('"').next().unwrap_or_default();
        if v2.contains(name) {
            out.push_str("v2/");
        }
        out.push_str(part);
    }
    out
}

/// A schema with definitions. `head` is the schema as text; the texts of the definitions are indented by 4.
fn document<'a>(head: &str, definitions: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let definitions = members(definitions, 4);
    if definitions == "{}" {
        return format!("{head}\n");
    }
    let head = head.strip_suffix("\n}").unwrap_or(head);
    format!("{head},\n  \"definitions\": {definitions}\n}}\n")
}

/// An object of texts that are indented by `depth`.
fn members<'a>(members: impl Iterator<Item = (&'a str, &'a str)>, depth: usize) -> String {
    let mut out = String::new();
    for (name, text) in members {
        out.push_str(if out.is_empty() { "{\n" } else { ",\n" });
        out.extend(std::iter::repeat_n(' ', depth));
        out.push('"');
        out.push_str(name);
        out.push_str("\": ");
        out.push_str(text);
    }
    if out.is_empty() {
        return "{}".to_owned();
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', depth - 2));
    out.push('}');
    out
}

fn borrowed<'a>(texts: &'a Texts<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    texts.iter().map(|(name, text)| (*name, text.as_str()))
}

fn get<'a>(texts: &'a Texts, name: &str) -> &'a str {
    texts.get(name).map_or("true", String::as_str)
}

/// The text one level or more deeper. Line ends stand between tokens only: JSON escapes them in strings.
fn indented(text: &str, depth: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(depth)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_into_version_2_are_told_from_others() {
        let text = pretty(&json!({ "a": { "$ref": "#/definitions/Old" }, "b": { "$ref": "#/definitions/New" } }));
        let moved: Value = serde_json::from_str(&into_v2(&text, &BTreeSet::from(["New", "Ol"]))).unwrap();
        assert_eq!(moved["a"]["$ref"], "#/definitions/Old");
        assert_eq!(moved["b"]["$ref"], "#/definitions/v2/New");
    }

    #[test]
    fn documents_put_together_are_pretty_json() {
        let inner = json!({ "type": "object", "properties": { "a": { "description": "one\ntwo" } } });
        let texts = Texts::from([("One", indented(&pretty(&inner), 4)), ("Two", "true".to_owned())]);
        let head = pretty(&json!({ "title": "T" }));
        let whole = document(&head, borrowed(&texts));
        let value: Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(value, json!({ "title": "T", "definitions": { "One": inner, "Two": true } }));
        assert_eq!(whole, format!("{value:#}\n"));
        assert_eq!(document(&head, borrowed(&Texts::new())), format!("{head}\n"));
    }
}
