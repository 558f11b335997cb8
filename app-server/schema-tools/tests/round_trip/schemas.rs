//! Our own bundle of the whole surface as something that validates.

use std::collections::HashMap;
use std::sync::OnceLock;

use codex_app_server_protocol::export::{self, Surface};
use codex_app_server_protocol::{MethodRow, Stability};
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// From the server.
    Written,
    /// To the server.
    Taken,
}

/// The bundle and the validators of its definitions.
pub struct Schemas {
    bundle: Value,
    validators: HashMap<String, Validator>,
}

const BUNDLE: &str = "urn:bundle";

impl Schemas {
    /// Made once.
    pub fn get() -> &'static Self {
        static SCHEMAS: OnceLock<Schemas> = OnceLock::new();
        SCHEMAS.get_or_init(Self::new)
    }

    fn new() -> Self {
        let files = export::own(Surface::Experimental);
        let bundle = files.iter().find(|file| file.path == "bundle.json").unwrap();
        let bundle: Value = serde_json::from_str(&bundle.contents).unwrap();
        let registry = Registry::new().add(BUNDLE, bundle.clone()).unwrap().prepare().unwrap();
        let validators = bundle["$defs"]
            .as_object()
            .unwrap()
            .keys()
            .map(|name| {
                let schema = json!({ "$ref": format!("{BUNDLE}#/$defs/{name}") });
                (name.clone(), jsonschema::options().with_registry(&registry).build(&schema).unwrap())
            })
            .collect();
        Self { bundle, validators }
    }

    /// Whether the bundle has the method.
    #[allow(clippy::unused_self, reason = "reads as a question to the bundle")]
    pub fn exports(&self, row: &MethodRow) -> bool {
        matches!(row.stability, Stability::Stable | Stability::Experimental)
    }

    /// The name of a type's definition.
    fn name(&self, way: Way, name: &str) -> String {
        let input = format!("{name}Input");
        if way == Way::Taken && self.validators.contains_key(&input) { input } else { name.to_owned() }
    }

    /// The definition of a type.
    pub fn named(&self, way: Way, name: &str) -> &Value {
        self.definition(&self.name(way, name))
    }

    /// The definition with this name.
    pub fn definition(&self, name: &str) -> &Value {
        self.bundle["$defs"].get(name).unwrap_or_else(|| panic!("the bundle has {name}"))
    }

    /// What is wrong with a value.
    pub fn complaints(&self, way: Way, name: &str, value: &Value) -> Vec<String> {
        self.validators[&self.name(way, name)]
            .iter_errors(value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect()
    }
}
