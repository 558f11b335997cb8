//! Values made from the text of a schema, and spoiled on purpose: without the code under test.

use serde_json::{Map, Number, Value, json};

/// A small generator of numbers; the same seed gives the same values.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        // splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn flip(&mut self) -> bool {
        self.below(2) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Makes values for the schemas of a bundle.
pub struct Maker<'a> {
    pub document: &'a Value,
}

impl Maker<'_> {
    /// A value that should fit. Where depth ends, only what is required is there.
    pub fn make(&self, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.document.pointer(&reference[1..]).unwrap();
            return self.make(target, dice, depth + 1);
        }
        let mut value = self.own(schema, dice, depth);
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            value = joined(value, self.make(part, dice, depth + 1));
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(arms) = schema.get(key).and_then(Value::as_array) {
                // Deep down, null and what is short are taken, so that recursion ends.
                let small =
                    arms.iter().min_by_key(|arm| arm.to_string().len() + usize::from(arm.get("$ref").is_some()) * 500);
                let arm = if depth > 8 { small.unwrap() } else { dice.pick(arms) };
                value = joined(value, self.make(arm, dice, depth + 1));
            }
        }
        value
    }

    fn own(&self, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return dice.pick(values).clone();
        }
        let kind = match schema.get("type") {
            Some(Value::Array(kinds)) if depth > 8 && kinds.contains(&json!("null")) => "null",
            Some(Value::Array(kinds)) => dice.pick(kinds).as_str().unwrap(),
            Some(Value::String(kind)) => kind,
            _ if schema.get("properties").is_some() => "object",
            _ if schema.get("oneOf").or(schema.get("anyOf")).or(schema.get("allOf")).is_some() => return Value::Null,
            _ => return anything(dice, 0),
        };
        match kind {
            "object" => self.object(schema, dice, depth),
            "array" => {
                let count = if depth > 8 { 0 } else { dice.below(3) };
                let item = schema.get("items").unwrap_or(&Value::Bool(true));
                (0..count).map(|_| self.make(item, dice, depth + 1)).collect()
            }
            "integer" => number(schema, dice),
            "number" => json!(dice.below(1_000) as f64 / 8.0),
            "string" => json!(*dice.pick(&["x", "a b", "ü", "2026-01-01"])),
            "boolean" => json!(dice.flip()),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut fields = Map::new();
        for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let is_wanted = depth <= 8 && dice.below(3) > 0;
            if is_wanted || required.contains(&json!(name)) {
                fields.insert(name.clone(), self.make(field, dice, depth + 1));
            }
        }
        match schema.get("additionalProperties") {
            Some(additional @ Value::Object(_)) if depth <= 8 => {
                for _ in 0..dice.below(3) {
                    fields.insert(format!("key{}", dice.below(9)), self.make(additional, dice, depth + 1));
                }
            }
            Some(Value::Bool(false)) => {}
            _ if dice.below(4) == 0 => {
                fields.insert("undeclared".to_owned(), anything(dice, 0));
            }
            _ => {}
        }
        Value::Object(fields)
    }
}

fn joined(left: Value, right: Value) -> Value {
    match (left, right) {
        (Value::Object(mut left), Value::Object(right)) => {
            left.extend(right);
            Value::Object(left)
        }
        (_, right) => right,
    }
}

fn number(schema: &Value, dice: &mut Dice) -> Value {
    let edge = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => json!(i32::MIN),
        Some("uint16") => json!(u16::MAX),
        Some("uint32") => json!(u32::MAX),
        Some("uint64" | "uint") => json!(u64::MAX),
        _ => json!(i64::MAX),
    };
    if dice.below(4) == 0 { edge } else { json!(dice.below(2_000)) }
}

fn anything(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth > 2 { 14 } else { 16 }) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1.5),
        4 => json!(2_147_483_648_u64),
        5 => json!(u64::MAX),
        6 => json!(i64::MIN),
        7 => Value::Number(Number::from_f64(1e30).unwrap()),
        8 => json!(3.0),
        9 => json!(""),
        10 => json!({}),
        11 => json!([]),
        12 => json!(70_000),
        13 => json!("text"),
        14 => json!({ "type": anything(dice, depth + 1) }),
        _ => json!([anything(dice, depth + 1)]),
    }
}

/// Changes one place of the value: another value, a field less, a field more.
pub fn spoil(value: &mut Value, dice: &mut Dice) {
    let go_down = dice.below(4) > 0;
    match value {
        Value::Object(fields) if !fields.is_empty() && go_down => {
            let name = dice.pick(&fields.keys().cloned().collect::<Vec<_>>()).clone();
            match dice.below(6) {
                0 => {
                    fields.shift_remove(&name);
                }
                1 => {
                    fields.insert("more".to_owned(), anything(dice, 0));
                }
                _ => spoil(fields.get_mut(&name).unwrap(), dice),
            }
        }
        Value::Array(items) if !items.is_empty() && go_down => {
            let at = dice.below(items.len());
            spoil(&mut items[at], dice);
        }
        value => *value = anything(dice, 0),
    }
}
