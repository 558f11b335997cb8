//! Values of the language, named and shown as Starlark does.

use std::fmt;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// A whole number or one with a fraction, as it is written; no function takes one.
    Number(String),
    Truth(bool),
    Nothing,
    List(Vec<Value>),
    Tuple(Vec<Value>),
    /// One of the functions, by its name.
    Function(&'static str),
}

impl Value {
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "string",
            Self::Number(digits) if digits.contains('.') => "float",
            Self::Number(_) => "int",
            Self::Truth(_) => "bool",
            Self::Nothing => "NoneType",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Function(_) => "function",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(&quoted(text)),
            Self::Number(digits) => formatter.write_str(digits),
            Self::Truth(truth) => formatter.write_str(if *truth { "True" } else { "False" }),
            Self::Nothing => formatter.write_str("None"),
            Self::Function(name) => formatter.write_str(name),
            Self::List(values) => write!(formatter, "[{}]", joined(values)),
            Self::Tuple(values) if values.len() == 1 => write!(formatter, "({},)", joined(values)),
            Self::Tuple(values) => write!(formatter, "({})", joined(values)),
        }
    }
}

fn joined(values: &[Value]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A text as it is written in a rules file.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for next in text.chars() {
        match next {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
