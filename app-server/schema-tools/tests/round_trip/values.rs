//! Values that a schema allows, made from a seed.

use serde_json::{Map, Number, Value};

use super::schemas::Schemas;

/// The seed of values that have only what they must have.
pub const LEAST: u64 = 0;
/// The seed of values that have everything they may have.
pub const MOST: u64 = u64::MAX;

/// How deep values are before they take the shortest way out.
const DEPTH: usize = 6;

/// Makes values.
pub struct Values<'a> {
    schemas: &'a Schemas,
    seed: u64,
    state: u64,
}

impl<'a> Values<'a> {
    pub fn new(schemas: &'a Schemas, seed: u64) -> Self {
        Self { schemas, seed, state: seed }
    }

    /// A value that this schema allows.
    pub fn of(&mut self, schema: &Value) -> Value {
        self.value(schema, 0)
    }

    /// A number below `end`, by splitmix64.
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let Value::Object(schema) = schema else {
            return self.any();
        };
        if let Some(reference) = schema.get("$ref") {
            let name = reference.as_str().unwrap().rsplit('/').next().unwrap();
            if name == "AbsolutePathBuf" {
                return self.absolute_path();
            }
            return self.value(self.schemas.definition(name), depth + 1);
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            return values[self.below(values.len())].clone();
        }
        if let Some(Value::Array(all)) = schema.get("allOf") {
            return self.value(&all[0], depth);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(arms)) = schema.get(key) {
                // The deeper, the more the first arms are preferred: they are the plain ones; null is last.
                let arm = if depth > DEPTH { arms.len() - 1 } else { self.below(arms.len()) };
                return self.value(&arms[arm], depth + 1);
            }
        }
        match schema.get("type") {
            Some(Value::Array(kinds)) => {
                let kind = &kinds[if depth > DEPTH { kinds.len() - 1 } else { self.below(kinds.len()) }];
                self.kind(kind.as_str().unwrap(), schema, depth)
            }
            Some(kind) => self.kind(kind.as_str().unwrap(), schema, depth),
            None => self.any(),
        }
    }

    fn absolute_path(&mut self) -> Value {
        ["/", "/tmp/a b", "/ü/x"][self.below(3)].into()
    }

    fn kind(&mut self, kind: &str, schema: &Map<String, Value>, depth: usize) -> Value {
        match kind {
            "null" => Value::Null,
            "boolean" => (self.below(2) == 1).into(),
            "string" => ["x", "a longer text\nwith \"quotes\"", "ü\u{1F600}", "0"][self.below(4)].into(),
            "integer" => self.integer(schema),
            "number" => Number::from_f64([0.0, -1.5, 1e9][self.below(3)]).map_or(Value::Null, Value::Number),
            "array" => self.array(schema, depth),
            _ => self.object(schema, depth),
        }
    }

    fn integer(&mut self, schema: &Map<String, Value>) -> Value {
        let format = schema.get("format").and_then(Value::as_str).unwrap_or("int64");
        let (least, most): (i64, u64) = match format {
            "int32" => (i32::MIN.into(), i32::MAX.unsigned_abs().into()),
            "uint8" => (0, u8::MAX.into()),
            "uint16" => (0, u16::MAX.into()),
            "uint32" => (0, u32::MAX.into()),
            "uint" | "uint64" => (0, u64::MAX),
            _ => (i64::MIN, i64::MAX.unsigned_abs()),
        };
        let least = schema.get("minimum").and_then(Value::as_f64).map_or(least, |minimum| least.max(minimum as i64));
        match self.below(4) {
            0 => least.into(),
            1 => most.into(),
            _ => least.max(1).into(),
        }
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        if let Some(Value::Array(items)) = schema.get("prefixItems") {
            return items.iter().map(|item| self.value(item, depth + 1)).collect();
        }
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let more = if depth > DEPTH || self.seed == LEAST { 0 } else { self.below(3) as u64 };
        let item = schema.get("items").unwrap_or(&Value::Bool(true));
        (0..least + more).map(|_| self.value(item, depth + 1)).collect()
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let mut out = Map::new();
        let required = list(schema.get("required"));
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let must = required.contains(name);
            let may = match self.seed {
                LEAST => false,
                MOST => depth <= DEPTH,
                _ => depth <= DEPTH && self.below(2) == 1,
            };
            if must || may {
                // Paths in an environment must be absolute, although they have no type of their own.
                let is_absolute = name == "path" && required.iter().any(|other| other == "environmentId");
                let value = if is_absolute { self.absolute_path() } else { self.value(property, depth + 1) };
                out.insert(name.clone(), value);
            }
        }
        for dependent in schema.get("dependentSchemas").and_then(Value::as_object).into_iter().flatten() {
            if let Some(Value::Array(choices)) = dependent.1.get("anyOf") {
                self.choose(&mut out, choices, schema, depth);
            }
        }
        if let Some(rest) = schema.get("additionalProperties").filter(|rest| rest.is_object())
            && depth <= DEPTH
            && self.seed != LEAST
        {
            out.insert("another key".to_owned(), self.value(rest, depth + 1));
        }
        Value::Object(out)
    }

    /// Keeps one of the choices.
    fn choose(&mut self, out: &mut Map<String, Value>, choices: &[Value], schema: &Map<String, Value>, depth: usize) {
        let chosen = list(choices[self.below(choices.len())].get("required"));
        for name in choices.iter().flat_map(|choice| list(choice.get("required"))) {
            if !chosen.contains(&name) {
                out.remove(&name);
            }
        }
        for name in chosen {
            let value = self.value(&schema["properties"][&name], depth + 1);
            out.insert(name, value);
        }
    }

    fn any(&mut self) -> Value {
        [Value::Null, true.into(), 7.into(), "any".into(), serde_json::json!({ "k": [1, null] })][self.below(5)].clone()
    }
}

fn list(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}
