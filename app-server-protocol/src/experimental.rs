//! The experimental gate: what a connection without `experimentalApi` may not send.
//!
//! The marks stand on the wire types alone: `x-experimental` on a params field or a union's arm, `x-gated` on an arm that
//! every schema lists although sending it needs the capability. They are read from the schema of a row's params when the
//! method is first called, so start-up pays nothing, and a call pays one shallow pass over its params.
//!
//! What must hold: the gate looks at what a client *sends* only, and it accepts params of any shape: whether they fit the
//! method is for the decoder to say.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::{ClientRequest, ErrorKind, MethodRow, RpcError, Stability};

/// Marks what is left out of the stable schemas and gated.
pub(crate) const EXPERIMENTAL: &str = "x-experimental";
/// Marks what is in all schemas and gated nevertheless.
pub(crate) const GATED: &str = "x-gated";

/// Checks a request of a connection that did not ask for `experimentalApi`.
///
/// A field passes when it is absent, null or false; an empty list does not pass. Of several offences the one of the field
/// that is declared first is told.
///
/// # Errors
/// [`ErrorKind::ExperimentalRequired`], with the method, `METHOD.FIELD` or `type.arm` as its subject.
pub fn check(row: &MethodRow, params: Option<&RawValue>) -> Result<(), RpcError> {
    if row.stability == Stability::Experimental {
        return Err(refusal(row.name));
    }
    let (Some(gate), Some(params)) = (Gate::of(row), params) else {
        return Ok(());
    };
    match gate.offence(params) {
        Some(subject) => Err(refusal(subject)),
        None => Ok(()),
    }
}

fn refusal(subject: &str) -> RpcError {
    let message = format!("{subject} requires experimentalApi capability");
    RpcError::new(ErrorKind::ExperimentalRequired, message).subject(subject)
}

/// What of a method's params is gated.
#[derive(Debug, Default, PartialEq)]
struct Gate {
    /// Every field of the params in the order of declaration, as an array of params counts them.
    fields: Vec<Field>,
    gated: bool,
}

#[derive(Debug, PartialEq)]
struct Field {
    name: String,
    rule: Rule,
}

#[derive(Debug, PartialEq)]
enum Rule {
    /// Anybody may send it.
    Free,
    /// The field itself is gated; the subject of the refusal.
    Field(String),
    /// Some arms of the field's type are.
    Arms(Vec<Arm>),
    /// Some fields of the field's type are.
    Inner(Gate),
}

/// A gated arm of a union.
#[derive(Debug, PartialEq)]
struct Arm {
    form: Form,
    subject: String,
}

/// How an arm is recognised in a value.
#[derive(Debug, PartialEq)]
enum Form {
    /// The string itself.
    Value(String),
    /// An object with this one key.
    Key(String),
    /// An object whose tag has this value.
    Tag(String, String),
}

impl Gate {
    /// The gate of a method; `None` when there is nothing to look at.
    fn of(row: &MethodRow) -> Option<&'static Self> {
        static GATES: OnceLock<HashMap<&'static str, OnceLock<Gate>>> = OnceLock::new();
        let gates = GATES.get_or_init(|| ClientRequest::ROWS.iter().map(|row| (row.name, OnceLock::new())).collect());
        let gate = gates.get(row.name)?.get_or_init(|| Self::read(row));
        gate.gated.then_some(gate)
    }

    /// Reads the marks from the schema of the row's params.
    fn read(row: &MethodRow) -> Self {
        let mut generator: SchemaGenerator = SchemaSettings::draft07().into_generator();
        let params = (row.schemas.params)(&mut generator).to_value();
        let types = generator.take_definitions(false);
        definition(&params, &types)
            .map(|(_, schema)| Self::of_fields(row.name, schema, &types, true))
            .unwrap_or_default()
    }

    /// Reads the marks of an object's fields, and of the objects in them when `deep`.
    fn of_fields(path: &str, schema: &Value, types: &Map<String, Value>, deep: bool) -> Self {
        let properties = schema.get("properties").and_then(Value::as_object);
        let fields: Vec<Field> = properties
            .into_iter()
            .flatten()
            .map(|(name, schema)| Field {
                name: name.clone(),
                rule: Rule::read(&format!("{path}.{name}"), schema, types, deep),
            })
            .collect();
        Self { gated: fields.iter().any(|field| field.rule != Rule::Free), fields }
    }

    /// The subject of the first offence in these params.
    fn offence(&self, params: &RawValue) -> Option<&str> {
        self.offence_in(params.get())
    }

    fn offence_in(&self, text: &str) -> Option<&str> {
        // Params that cannot be read are no offence: the decoder refuses them.
        let values = serde_json::Deserializer::from_str(text).deserialize_any(Fields(self)).ok()?;
        self.fields
            .iter()
            .zip(values)
            .find_map(|(field, value)| value.and_then(|value| field.rule.offence(value.get())))
    }
}

impl Rule {
    fn read(path: &str, schema: &Value, types: &Map<String, Value>, deep: bool) -> Self {
        if is_marked(schema, EXPERIMENTAL) {
            return Self::Field(path.to_owned());
        }
        let Some((type_name, named)) = definition(schema, types) else {
            return Self::Free;
        };
        let arms = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|key| named.get(key)?.as_array())
            .flatten()
            .filter(|arm| is_marked(arm, EXPERIMENTAL) || is_marked(arm, GATED))
            .filter_map(|arm| Arm::read(type_name, arm))
            .collect::<Vec<_>>();
        if !arms.is_empty() {
            return Self::Arms(arms);
        }
        let inner = if deep { Gate::of_fields(path, named, types, false) } else { Gate::default() };
        if inner.gated { Self::Inner(inner) } else { Self::Free }
    }

    fn offence(&self, value: &str) -> Option<&str> {
        match self {
            Self::Free => None,
            Self::Field(subject) => (!matches!(value, "null" | "false")).then_some(subject),
            Self::Arms(arms) => {
                let value: Value = serde_json::from_str(value).ok()?;
                arms.iter().find(|arm| arm.form.is_in(&value)).map(|arm| arm.subject.as_str())
            }
            Self::Inner(gate) => gate.offence_in(value),
        }
    }
}

impl Arm {
    fn read(type_name: &str, arm: &Value) -> Option<Self> {
        let form = if let Some(value) = arm.get("const").and_then(Value::as_str) {
            Form::Value(value.to_owned())
        } else {
            let properties = arm.get("properties")?.as_object()?;
            let tag = properties.iter().find_map(|(name, schema)| Some((name, schema.get("const")?.as_str()?)));
            match tag {
                Some((tag, value)) => Form::Tag(tag.clone(), value.to_owned()),
                None => Form::Key(properties.keys().next()?.clone()),
            }
        };
        let (Form::Value(arm) | Form::Key(arm) | Form::Tag(_, arm)) = &form;
        let subject = format!("{}.{arm}", lower_camel(type_name));
        Some(Self { form, subject })
    }
}

impl Form {
    fn is_in(&self, value: &Value) -> bool {
        match self {
            Self::Value(own) => value.as_str() == Some(own),
            Self::Key(own) => value.as_str() == Some(own) || value.get(own).is_some(),
            Self::Tag(tag, own) => value.get(tag).and_then(Value::as_str) == Some(own),
        }
    }
}

/// The type that a schema names, straight or as "this or null", with its name.
fn definition<'a>(schema: &'a Value, types: &'a Map<String, Value>) -> Option<(&'a str, &'a Value)> {
    let reference = |schema: &'a Value| schema.get("$ref")?.as_str()?.rsplit('/').next();
    let name = reference(schema).or_else(|| {
        let arms = schema.get("anyOf").or_else(|| schema.get("allOf"))?.as_array()?;
        arms.iter().find_map(reference)
    })?;
    Some((name, types.get(name)?))
}

fn is_marked(schema: &Value, mark: &str) -> bool {
    schema.get(mark) == Some(&Value::Bool(true))
}

fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// Picks the gated fields out of params, one slot per field of the gate; the last of equal keys counts, as it does for
/// the decoder.
struct Fields<'a>(&'a Gate);

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Vec<Option<&'de RawValue>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("params")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![None; self.0.fields.len()];
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let place = self.0.fields.iter().position(|field| field.rule != Rule::Free && field.name == key);
            match place.and_then(|place| values.get_mut(place)) {
                Some(value) => *value = Some(map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(values)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(Some(value));
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn verdict(method: &str, params: &str) -> Result<(), String> {
        let row = ClientRequest::ROWS.iter().find(|row| row.name == method).unwrap();
        let params = RawValue::from_string(params.to_owned()).unwrap();
        check(row, Some(&params)).map_err(|error| {
            assert_eq!(error.stable_code(), Some("experimentalRequired"));
            error.message
        })
    }

    #[test]
    fn methods_fields_and_arms_are_refused_in_the_words_of_the_reference() {
        let cases = [
            ("mock/experimentalMethod", r#"{"value":"x"}"#, "mock/experimentalMethod"),
            ("project/list", "{}", "project/list"),
            ("thread/start", r#"{"mockExperimentalField":"x"}"#, "thread/start.mockExperimentalField"),
            ("thread/start", r#"{"dynamicTools":[]}"#, "thread/start.dynamicTools"),
            ("thread/start", r#"{"experimentalRawEvents":true}"#, "thread/start.experimentalRawEvents"),
            ("thread/start", r#"{"mockExperimental\u0046ield":"x"}"#, "thread/start.mockExperimentalField"),
            ("thread/resume", r#"{"threadId":"t","path":"p"}"#, "thread/resume.path"),
            ("thread/start", r#"{"approvalPolicy":{"granular":{"rules":true}}}"#, "askForApproval.granular"),
            ("turn/start", r#"{"approvalPolicy":{"granular":{}},"threadId":"t"}"#, "askForApproval.granular"),
            (
                "thread/items/list",
                r#"{"threadId":"t","deferOutput":{"commandExecution":true}}"#,
                "thread/items/list.deferOutput.commandExecution",
            ),
            ("command/exec", r#"{"command":[],"permissionProfile":"p"}"#, "command/exec.permissionProfile"),
        ];
        for (method, params, subject) in cases {
            let message = format!("{subject} requires experimentalApi capability");
            assert_eq!(verdict(method, params), Err(message), "{method} {params}");
        }
    }

    #[test]
    fn absent_null_false_and_what_is_not_marked_pass() {
        let cases = [
            ("thread/start", r#"{"mockExperimentalField":null,"experimentalRawEvents":false,"dynamicTools":null}"#),
            ("thread/start", r#"{"approvalPolicy":"never","cwd":"/","config":{"dynamicTools":[1]}}"#),
            ("thread/start", r#"{"dynamicTools":[],"dynamicTools":null}"#),
            ("thread/start", "[]"),
            ("thread/start", r#""text""#),
            ("thread/unsubscribe", r#"{"threadId":"t"}"#),
            ("thread/fork", r#"{"threadId":"t"}"#),
            ("thread/items/list", r#"{"threadId":"t","deferOutput":{"commandExecution":false}}"#),
        ];
        for (method, params) in cases {
            assert_eq!(verdict(method, params), Ok(()), "{method} {params}");
        }
        assert!(check(&ClientRequest::ROWS[0], None).is_ok());
    }

    #[test]
    fn the_field_declared_first_is_told_and_arrays_count_fields_by_position() {
        assert_eq!(
            verdict("thread/start", r#"{"dynamicTools":[],"approvalPolicy":{"granular":{}}}"#).unwrap_err(),
            "askForApproval.granular requires experimentalApi capability"
        );
        assert_eq!(
            verdict("thread/resume", r#"["t",[],null]"#).unwrap_err(),
            "thread/resume.history requires experimentalApi capability"
        );
    }

    #[test]
    fn every_form_of_an_arm_is_recognised() {
        let arm = |text: &str| Arm::read("SomeUnion", &serde_json::from_str(text).unwrap()).unwrap();
        let cases = [
            (arm(r#"{"const":"x"}"#), r#""x""#, r#""y""#),
            (arm(r#"{"properties":{"x":{}}}"#), r#"{"x":{}}"#, r#"{"y":{}}"#),
            (arm(r#"{"properties":{"kind":{"const":"x"},"a":{}}}"#), r#"{"kind":"x"}"#, r#"{"x":1}"#),
        ];
        for (arm, yes, no) in cases {
            assert_eq!(arm.subject, "someUnion.x");
            let rule = Rule::Arms(vec![arm]);
            assert_eq!(rule.offence(yes), Some("someUnion.x"));
            assert_eq!(rule.offence(no), None);
        }
    }

    /// The gate looks at the fields of the params and at the unions they name; a mark any deeper would be dead.
    #[test]
    fn no_mark_stands_deeper_than_the_gate_looks() {
        fn marks(schema: &Value) -> usize {
            let own = usize::from(is_marked(schema, EXPERIMENTAL) || is_marked(schema, GATED));
            own + match schema {
                Value::Object(object) => object.values().map(marks).sum(),
                Value::Array(values) => values.iter().map(marks).sum(),
                _ => 0,
            }
        }
        for row in ClientRequest::ROWS.iter().filter(|row| row.stability == Stability::Stable) {
            let mut generator = SchemaSettings::draft07().into_generator();
            let params = (row.schemas.params)(&mut generator).to_value();
            let types = generator.take_definitions(false);
            let gate = Gate::read(row);
            let mut seen = BTreeSet::new();
            for field in &gate.fields {
                match &field.rule {
                    Rule::Free => {}
                    Rule::Field(subject) => _ = seen.insert(subject),
                    Rule::Arms(arms) => seen.extend(arms.iter().map(|arm| &arm.subject)),
                    Rule::Inner(gate) => seen.extend(gate.fields.iter().filter_map(|field| match &field.rule {
                        Rule::Field(subject) => Some(subject),
                        _ => None,
                    })),
                }
            }
            let marks: usize = types.values().chain([&params]).map(marks).sum();
            assert_eq!(marks, seen.len(), "{}: {seen:?}", row.name);
        }
    }

    proptest! {
        #[test]
        fn any_object_gets_the_verdict_of_its_fields(
            fields in prop::collection::vec((0_usize..40, prop::sample::select(vec!["null", "false", "true", "[]", "7"])), 0..6)
        ) {
            let row = ClientRequest::ROWS.iter().find(|row| row.name == "thread/start").unwrap();
            let gate = Gate::of(row).unwrap();
            let name = |place: usize| gate.fields.get(place).map_or("unknown", |field| &field.name);
            let text: Vec<String> = fields.iter().map(|(place, value)| format!("\"{}\":{value}", name(*place))).collect();
            let last: BTreeMap<&str, &str> = fields.iter().map(|(place, value)| (name(*place), *value)).collect();
            let gated = |name: &str| {
                gate.fields.iter().any(|field| field.name == name && matches!(field.rule, Rule::Field(_)))
            };
            let refused = last.iter().any(|(name, value)| gated(name) && !matches!(*value, "null" | "false"));
            prop_assert_eq!(verdict("thread/start", &format!("{{{}}}", text.join(","))).is_err(), refused);
        }
    }
}
