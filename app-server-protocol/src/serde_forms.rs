//! Forms that several wire types share: three-state fields and defaults that are not the type's own.

/// For `#[serde(default = ..)]` of a flag that is on unless said otherwise.
pub(crate) fn default_true() -> bool {
    true
}

/// For `skip_serializing_if` of fields that the wire leaves out when they hold their default.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A field with three states: absent (`None`), null (`Some(None)`) and set (`Some(Some(_))`).
///
/// Use with `#[serde(default, with = "crate::double_option", skip_serializing_if = "Option::is_none")]`.
pub(crate) mod double_option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        Option::deserialize(deserializer).map(Some)
    }

    pub(crate) fn serialize<S, T>(value: &Option<Option<T>>, serializer: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
        T: Serialize,
    {
        value.as_ref().map(Option::as_ref).unwrap_or_default().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Holder {
        #[serde(default, with = "crate::double_option", skip_serializing_if = "Option::is_none")]
        field: Option<Option<String>>,
    }

    #[test]
    fn absent_null_and_set_are_kept_apart() {
        for (text, field) in
            [("{}", None), (r#"{"field":null}"#, Some(None)), (r#"{"field":"x"}"#, Some(Some("x".to_owned())))]
        {
            assert_eq!(serde_json::from_str::<Holder>(text).unwrap(), Holder { field: field.clone() });
            assert_eq!(serde_json::to_string(&Holder { field }).unwrap(), text);
        }
    }
}
