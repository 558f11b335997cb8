//! JSON values as TOML values, for configuration that arrives in a request.
//!
//! TOML has no null and no integer beyond 64 signed bits: null becomes the empty string, a number that does not fit
//! becomes a float. Nothing else is lost. Where a null is to be refused or to delete something, look for it before.
//!
//! ```
//! use codex_utils_json_to_toml::json_to_toml;
//! let overrides = serde_json::json!({"model": "o3", "model_context_window": 200_000});
//! assert_eq!(json_to_toml(overrides)["model_context_window"].as_integer(), Some(200_000));
//! ```
#![forbid(unsafe_code)]

use serde_json::Value as Json;
use toml::Value as Toml;

/// Converts a JSON value; never fails.
///
/// ```
/// let value = codex_utils_json_to_toml::json_to_toml(serde_json::json!({"a": [1, 2.5, null]}));
/// assert_eq!(value.to_string(), r#"{ a = [1, 2.5, ""] }"#);
/// ```
pub fn json_to_toml(value: Json) -> Toml {
    match value {
        Json::Null => Toml::String(String::new()),
        Json::Bool(value) => Toml::Boolean(value),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Toml::Integer(integer),
            None => Toml::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Toml::String(text),
        Json::Array(items) => Toml::Array(items.into_iter().map(json_to_toml).collect()),
        Json::Object(fields) => {
            Toml::Table(fields.into_iter().map(|(key, value)| (key, json_to_toml(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_value() {
        assert_eq!(json_to_toml(json!(null)), Toml::String(String::new()));
        assert_eq!(json_to_toml(json!(true)), Toml::Boolean(true));
        assert_eq!(json_to_toml(json!(i64::MIN)), Toml::Integer(i64::MIN));
        assert_eq!(json_to_toml(json!(1.5)), Toml::Float(1.5));
        assert_eq!(json_to_toml(json!("x")), Toml::String("x".to_owned()));
        let mut table = toml::Table::new();
        table.insert("a".to_owned(), Toml::Array(vec![Toml::Integer(1)]));
        assert_eq!(json_to_toml(json!({"a": [1]})), Toml::Table(table));
    }

    #[test]
    fn an_integer_beyond_i64_becomes_a_float() {
        assert_eq!(json_to_toml(json!(u64::MAX)), Toml::Float(u64::MAX as f64));
    }
    #[test]
    fn numbers_keep_their_kind() {
        for (json, toml) in [
            (json!(0), Toml::Integer(0)),
            (json!(-7), Toml::Integer(-7)),
            (json!(i64::MAX), Toml::Integer(i64::MAX)),
            (json!(1.0), Toml::Float(1.0)),
            (json!(-0.5), Toml::Float(-0.5)),
            (json!(1e300), Toml::Float(1e300)),
        ] {
            assert_eq!(json_to_toml(json.clone()), toml, "{json}");
        }
    }

    #[test]
    fn empty_collections_stay() {
        assert_eq!(json_to_toml(json!({"a": [], "b": {}})).to_string(), "{ a = [], b = {} }");
    }

    /// JSON that TOML can hold as it is.
    fn representable() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            any::<f64>().prop_filter("JSON has finite numbers only", |number| number.is_finite()).prop_map(Json::from),
            "\\PC{0,8}".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
                prop::collection::btree_map("\\PC{0,6}", inner, 0..6)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_toml_can_hold_comes_back(value in representable()) {
            prop_assert_eq!(serde_json::to_value(json_to_toml(value.clone())).unwrap(), value);
        }
    }
}
