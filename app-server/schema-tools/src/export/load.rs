//! Reads exports in all forms: the compatible one as a bundle or as single files, and our own with its method table.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::compile::{Compiler, Definition, escaped};
use super::{Direction, Export, LoadError, Method};

const COMPATIBLE_BUNDLE: &str = "codex_app_server_protocol.schemas.json";
const OWN_BUNDLE: &str = "bundle.json";
const OWN_METHODS: &str = "methods.json";

/// The namespace of newer types in a compatible bundle.
const NESTED: &str = "v2";

/// Properties of a message that are not told apart as its own.
const ENVELOPE: [&str; 4] = ["method", "id", "params", "jsonrpc"];

impl Export {
    /// Reads a folder as an exporter wrote it.
    ///
    /// # Errors
    /// When files cannot be read or parsed, a reference leads nowhere, or no method is declared.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        Self::from_folder(folder).map_err(|error| match error {
            error @ (LoadError::Io { .. } | LoadError::Json { .. }) => error,
            other => LoadError::Folder { folder: folder.to_owned(), source: Box::new(other) },
        })
    }

    fn from_folder(folder: &Path) -> Result<Self, LoadError> {
        let own = folder.join(OWN_BUNDLE);
        if own.exists() {
            let methods = folder.join(OWN_METHODS);
            let methods = methods.exists().then(|| read(&methods)).transpose()?;
            return Self::from_own(&read(&own)?, methods.as_ref());
        }
        let bundle = folder.join(COMPATIBLE_BUNDLE);
        if bundle.exists() { Self::from_compatible(&read(&bundle)?) } else { Self::from_files(folder) }
    }

    /// Reads the bundle of a compatible export: `definitions`, with newer ones in `definitions.v2`.
    ///
    /// # Errors
    /// When the document is malformed.
    pub fn from_compatible(bundle: &Value) -> Result<Self, LoadError> {
        let all = bundle.get("definitions").and_then(Value::as_object).ok_or(LoadError::NoMethods)?;
        let mut definitions = Vec::new();
        let mut nested = Vec::new();
        for (name, schema) in all {
            let inner = schema.as_object().filter(|_| name == NESTED);
            match inner {
                None => definitions.push(definition("#/definitions/", name, schema)),
                Some(inner) => {
                    nested.extend(inner.iter().map(|(name, schema)| definition("#/definitions/v2/", name, schema)));
                }
            }
        }
        // Where both namespaces have a name, the newer type is the one that is meant by it.
        definitions.append(&mut nested);
        let compiler = Compiler::new(definitions)?;
        let unions = Direction::ALL.map(|direction| (direction, all.get(direction.union_name())));
        build(compiler, unions, &BTreeMap::new())
    }

    /// Reads our own bundle, and the method table that names results.
    ///
    /// # Errors
    /// When a document is malformed.
    pub fn from_own(bundle: &Value, methods: Option<&Value>) -> Result<Self, LoadError> {
        let all = bundle.get("$defs").and_then(Value::as_object).ok_or(LoadError::NoMethods)?;
        let compiler = Compiler::new(all.iter().map(|(name, schema)| definition("#/$defs/", name, schema)).collect())?;
        let root = bundle.get("properties");
        let unions = Direction::ALL.map(|direction| (direction, root.and_then(|root| root.get(direction.property()))));
        build(compiler, unions, &method_table(methods))
    }

    /// A compatible export without its bundle: every file is a type and holds those that it needs.
    fn from_files(folder: &Path) -> Result<Self, LoadError> {
        let mut files: BTreeMap<String, Value> = BTreeMap::new();
        for part in [folder.to_owned(), folder.join("v1"), folder.join(NESTED)] {
            if part.is_dir() {
                read_files(&part, &mut files)?;
            }
        }
        let mut schemas: BTreeMap<&str, &Value> = BTreeMap::new();
        for file in files.values() {
            let inner = file.get("definitions").and_then(Value::as_object).into_iter().flatten();
            for (name, schema) in inner {
                schemas.entry(name).or_insert(schema);
            }
        }
        schemas.extend(files.iter().map(|(name, schema)| (name.as_str(), schema)));
        let definitions = schemas.iter().map(|(name, schema)| definition("#/definitions/", name, schema)).collect();
        let unions = Direction::ALL.map(|direction| (direction, files.get(direction.union_name())));
        build(Compiler::new(definitions)?, unions, &BTreeMap::new())
    }
}

fn definition<'a>(prefix: &str, name: &str, schema: &'a Value) -> Definition<'a> {
    Definition { pointer: format!("{prefix}{}", escaped(name)), name: name.to_owned(), schema }
}

fn read(path: &Path) -> Result<Value, LoadError> {
    let bytes = fs::read(path).map_err(|source| LoadError::Io { path: path.to_owned(), source })?;
    serde_json::from_slice(&bytes).map_err(|source| LoadError::Json { path: path.to_owned(), source })
}

fn read_files(folder: &Path, files: &mut BTreeMap<String, Value>) -> Result<(), LoadError> {
    let failed = |source| LoadError::Io { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        if let (Some(name), true) = (name, path.extension().is_some_and(|end| end == "json"))
            && !name.ends_with(".schemas")
        {
            files.insert(name.to_owned(), read(&path)?);
        }
    }
    Ok(())
}

/// What the method table says about a method.
#[derive(Default)]
struct Listed<'a> {
    params: Option<&'a Value>,
    params_optional: bool,
    result: Option<&'a Value>,
}

type Table<'a> = BTreeMap<(Direction, String), Listed<'a>>;

fn method_table(methods: Option<&Value>) -> Table<'_> {
    let entries = methods.and_then(|methods| methods.get("methods")).and_then(Value::as_array);
    let entry = |entry: &'static str, of: &Value| -> Option<Value> { of.get(entry).cloned() };
    let mut table = BTreeMap::new();
    for listed in entries.into_iter().flatten() {
        let direction = entry("direction", listed).and_then(|it| serde_json::from_value(it).ok());
        let (Some(direction), Some(name)) = (direction, listed.get("name").and_then(Value::as_str)) else { continue };
        let schema = |key: &str| listed.get(key).filter(|schema| !schema.is_null());
        let params_optional = listed.get("paramsOptional").and_then(Value::as_bool).unwrap_or(false);
        let known = Listed { params: schema("params"), params_optional, result: schema("result") };
        table.insert((direction, name.to_owned()), known);
    }
    table
}

/// Collects the methods from the unions of messages; what only the table knows is taken from there.
fn build<'a>(
    mut compiler: Compiler<'a>,
    unions: [(Direction, Option<&'a Value>); 4],
    table: &Table<'_>,
) -> Result<Export, LoadError> {
    let mut methods = BTreeMap::new();
    for (direction, union) in unions {
        let Some(union) = union else { continue };
        let union = compiler.resolve(union)?;
        let arms = union.get("oneOf").or_else(|| union.get("anyOf")).and_then(Value::as_array);
        // One message is no union.
        let arms: Vec<&Value> = arms.map_or_else(|| vec![union], |arms| arms.iter().collect());
        for arm in arms {
            let arm = compiler.resolve(arm)?;
            let Some(name) = method_name(arm) else { continue };
            let key = (direction, name.to_owned());
            let method = method(&mut compiler, union, arm, table.get(&key))?;
            methods.insert(key, method);
        }
    }
    for (key, listed) in table {
        if !methods.contains_key(key) {
            let params = listed.params.map(|schema| compiler.schema(schema, 0)).transpose()?;
            let result = listed.result.map(|schema| compiler.schema(schema, 0)).transpose()?;
            let params_required = params.is_some() && !listed.params_optional;
            methods.insert(key.clone(), Method { params, params_required, result, beside: BTreeMap::new() });
        }
    }
    if methods.is_empty() {
        return Err(LoadError::NoMethods);
    }
    Ok(Export { nodes: compiler.nodes, types: compiler.types, methods })
}

fn method(
    compiler: &mut Compiler<'_>,
    union: &Value,
    arm: &Value,
    listed: Option<&Listed<'_>>,
) -> Result<Method, LoadError> {
    let is_required = |holder: &Value, name: &str| {
        holder.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|own| own == name))
    };
    let params = arm.get("properties").and_then(|fields| fields.get("params"));
    let result = match listed {
        Some(listed) => listed.result.map(|schema| compiler.schema(schema, 0)).transpose()?,
        None => result_name(arm, params).and_then(|name| compiler.types.get(&name).copied()),
    };
    let mut beside = BTreeMap::new();
    for holder in [union, arm] {
        for (name, schema) in holder.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if !ENVELOPE.contains(&name.as_str()) {
                beside.insert(name.clone(), (compiler.schema(schema, 0)?, is_required(holder, name)));
            }
        }
    }
    let params_required = params.is_some() && is_required(arm, "params");
    let params = params.map(|schema| compiler.schema(schema, 0)).transpose()?;
    Ok(Method { params, params_required, result, beside })
}

fn method_name(arm: &Value) -> Option<&str> {
    let method = arm.get("properties")?.get("method")?;
    method.get("const").or_else(|| method.get("enum")?.get(0))?.as_str()
}

/// `XParams` is answered with `XResponse`; a method without params by what it is called itself.
fn result_name(arm: &Value, params: Option<&Value>) -> Option<String> {
    arm.get("properties")?.get("id")?;
    match params.and_then(reference) {
        Some(reference) => {
            let stem = reference.rsplit('/').next()?.strip_suffix("Params")?;
            Some(format!("{stem}Response"))
        }
        None => Some(format!("{}Response", pascal(method_name(arm)?))),
    }
}

/// The first reference of a schema, in a wrapper or bare.
fn reference(schema: &Value) -> Option<&str> {
    let inside = |key: &str| schema.get(key)?.as_array()?.iter().find_map(|arm| arm.get("$ref"));
    schema.get("$ref").or_else(|| inside("anyOf")).or_else(|| inside("allOf")).or_else(|| inside("oneOf"))?.as_str()
}

fn pascal(method: &str) -> String {
    let mut name = String::new();
    for part in method.split('/') {
        let mut letters = part.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}
