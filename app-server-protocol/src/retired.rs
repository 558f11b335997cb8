//! Fields that requests once had: refused with a text of their own, whatever the rest of the params looks like.
//!
//! An unknown field is ignored as a rule; a client that still sends one of these would get something else than it asks for.

use std::collections::HashMap;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::{ErrorKind, RpcError};

/// A field that is gone.
struct Retired {
    field: &'static str,
    methods: &'static [&'static str],
    /// What to do instead.
    advice: &'static str,
}

const RETIRED: &[Retired] = &[Retired {
    field: "permissionProfile",
    methods: &["thread/start", "thread/resume", "thread/fork", "turn/start"],
    advice: "use `permissions` with a named profile id instead",
}];

/// Refuses params that have a field which this method has no more. Comes before the params are decoded.
///
/// # Errors
/// [`ErrorKind::InvalidParams`], with the field as its subject.
pub fn check(method: &str, params: Option<&RawValue>) -> Result<(), RpcError> {
    let Some(params) = params.map(RawValue::get) else { return Ok(()) };
    let of_method = RETIRED.iter().filter(|retired| retired.methods.contains(&method));
    for Retired { field, advice, .. } in of_method {
        // Nearly no request has the word at all, so the keys are read only when one does.
        if params.contains(field) && has_key(params, field) {
            let message = format!("`{field}` is no longer supported for `{method}`; {advice}");
            return Err(RpcError::new(ErrorKind::InvalidParams, message).subject(*field));
        }
    }
    Ok(())
}

/// Whether these params are an object with this key.
fn has_key(params: &str, key: &str) -> bool {
    serde_json::from_str::<HashMap<String, IgnoredAny>>(params).is_ok_and(|values| values.contains_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(method: &str, params: &str) -> Result<(), RpcError> {
        check(method, Some(&RawValue::from_string(params.to_owned()).unwrap()))
    }

    #[test]
    fn a_retired_field_is_refused_with_any_value_and_anything_beside_it() {
        for params in [r#"{"permissionProfile":null}"#, r#"{"cwd":1,"permissionProfile":{"a":[1]}}"#] {
            let error = checked("thread/start", params).unwrap_err();
            assert_eq!(error.code, -32602);
            assert_eq!(
                error.message,
                "`permissionProfile` is no longer supported for `thread/start`; use `permissions` with a named profile \
                 id instead"
            );
        }
    }

    #[test]
    fn only_keys_of_the_params_of_its_methods_count() {
        for params in [
            "null",
            r#"["permissionProfile"]"#,
            r#"{"config":{"permissionProfile":1}}"#,
            r#"{"a":"permissionProfile"}"#,
        ] {
            assert_eq!(checked("thread/start", params), Ok(()));
        }
        assert_eq!(checked("thread/read", r#"{"permissionProfile":1}"#), Ok(()));
        assert_eq!(check("thread/start", None), Ok(()));
    }
}
