//! Scalar wire types: strings and numbers with a meaning of their own.
//!
//! Every type here is a plain string (or, for [`RequestId`], a string or integer) on the wire.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de};

macro_rules! string_scalar {
    ($(#[$meta:meta])* $name:ident) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        $(#[$meta])*
        pub struct $name(pub String);

        impl $name {
            /// The text as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

string_scalar! {
    /// A path in the form older clients expect: the platform's own spelling, not checked for being absolute.
    #[schemars(extend("x-root" = true))]
    LegacyAppPathString
}

string_scalar! {
    /// A thread's id: a lowercase UUID, version 7 for threads that a server made.
    #[schemars(extend("x-root" = true))]
    ThreadId
}

string_scalar! {
    /// A path as a `file:` URI, in the form of the environment it belongs to, which may run another operating system.
    #[schemars(extend("x-root" = true))]
    PathUri
}

string_scalar! {
    /// Where an agent stands in the tree of agents of a session, such as `/root` or `/root/review`.
    #[schemars(extend("x-root" = true))]
    AgentPath
}

string_scalar! {
    /// What started a thread, in the client's own words; used for analytics only.
    ThreadSource
}

/// How much a model thinks before it answers, such as `low`, `medium` or `high`.
///
/// The set is open: a model's catalogue entry lists what it supports. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-root" = true, "minLength" = 1))]
pub struct ReasoningEffort(String);

impl ReasoningEffort {
    /// The effort with this name; `None` when the name is empty.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Option<Self> {
        let name = name.into();
        (!name.is_empty()).then_some(Self(name))
    }

    /// No thinking at all.
    #[must_use]
    pub fn none() -> Self {
        Self("none".to_owned())
    }

    /// The name as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for ReasoningEffort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::new(name).ok_or_else(|| de::Error::custom("reasoning_effort must not be empty"))
    }
}

/// An absolute path. A relative one is refused when decoded; it need not exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-root" = true))]
pub struct AbsolutePathBuf(String);

impl AbsolutePathBuf {
    /// The path, when it is absolute and valid UTF-8.
    #[must_use]
    pub fn new(path: impl AsRef<Path>) -> Option<Self> {
        let path = path.as_ref();
        path.is_absolute().then(|| path.to_str().map(|text| Self(text.to_owned())))?
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        Path::new(&self.0)
    }
}

impl<'de> Deserialize<'de> for AbsolutePathBuf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = PathBuf::deserialize(deserializer)?;
        // The text is the reference's own: clients see it in -32600 answers.
        Self::new(&text).ok_or_else(|| de::Error::custom("AbsolutePathBuf deserialized without a base path"))
    }
}

/// A path that is not checked: relative or absolute, possibly empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PathText(pub String);

impl PathText {
    /// The path as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PathText {
    fn from(path: &str) -> Self {
        Self(path.to_owned())
    }
}

impl From<String> for PathText {
    fn from(path: String) -> Self {
        Self(path)
    }
}

impl<'de> Deserialize<'de> for PathText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As a path, so that complaints are those about paths.
        let path = PathBuf::deserialize(deserializer)?;
        path.into_os_string().into_string().map(Self).map_err(|_| de::Error::custom("path is not UTF-8"))
    }
}

impl JsonSchema for PathText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// The id of a request, chosen by its sender and echoed unchanged in the answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("x-root" = true))]
pub enum RequestId {
    /// A text, the empty one included.
    String(String),
    /// A signed 64-bit integer. May pass 2^53: a client whose numbers are doubles should choose smaller ones, or texts.
    Integer(i64),
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_are_refused_with_the_text_of_the_reference() {
        let error = serde_json::from_str::<AbsolutePathBuf>(r#""a/b""#).unwrap_err();
        assert!(error.to_string().starts_with("AbsolutePathBuf deserialized without a base path"));
        assert_eq!(serde_json::from_str::<AbsolutePathBuf>(r#""/a/b""#).unwrap().as_str(), "/a/b");
        let error = serde_json::from_value::<AbsolutePathBuf>(1.into()).unwrap_err();
        assert_eq!(error.to_string(), "invalid type: integer `1`, expected path string");
    }

    #[test]
    fn an_empty_effort_is_refused_with_the_text_of_the_reference() {
        let error = serde_json::from_value::<ReasoningEffort>("".into()).unwrap_err();
        assert_eq!(error.to_string(), "reasoning_effort must not be empty");
    }

    #[test]
    fn request_ids_keep_their_type() {
        for id in ["0", "-1", "9223372036854775807", r#""""#, r#""7""#] {
            let parsed: RequestId = serde_json::from_str(id).unwrap();
            assert_eq!(serde_json::to_string(&parsed).unwrap(), id);
        }
        for bad in ["null", "1.5", "true", "{}", "9223372036854775808"] {
            assert!(serde_json::from_str::<RequestId>(bad).is_err(), "{bad}");
        }
    }
}
