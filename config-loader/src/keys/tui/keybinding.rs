//! Keys as text, such as `ctrl-a`, `shift-enter` or `ctrl-x ctrl-s`.
//!
//! What is read is brought into one form: small letters, modifiers in a fixed order, one name for each key.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, de};

/// Modifiers in the order in which they are written, each with its other names.
const MODIFIERS: [(&str, &[&str]); 4] =
    [("ctrl", &["control"]), ("alt", &["option"]), ("shift", &[]), ("super", &["cmd", "command"])];

/// Keys with a name, each with its other names.
const NAMED_KEYS: [(&str, &[&str]); 15] = [
    ("backspace", &[]),
    ("delete", &["del"]),
    ("down", &[]),
    ("end", &[]),
    ("enter", &["return"]),
    ("esc", &["escape"]),
    ("home", &[]),
    ("left", &[]),
    ("minus", &[]),
    ("page-down", &["pagedown", "pgdn"]),
    ("page-up", &["pageup", "pgup"]),
    ("right", &[]),
    ("space", &["spacebar"]),
    ("tab", &[]),
    ("up", &[]),
];

/// Highest number of a function key.
const LAST_FUNCTION_KEY: u8 = 24;

/// Keys that one after the other make a binding.
const MAX_STROKES: usize = 2;

/// A stroke that stands for the leader key.
const LEADER: &str = "leader";

/// The keys of an action: one binding or several. The shape is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Keybindings {
    /// One.
    One(String),
    /// Several, or none.
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Keybindings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeybindingsVisitor;

        impl<'de> Visitor<'de> for KeybindingsVisitor {
            type Value = Keybindings;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a keybinding string or a list of keybinding strings")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Keybindings, E> {
                normal_form(text).map(Keybindings::One).map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Keybindings, A::Error> {
                let mut bindings = Vec::new();
                while let Some(text) = elements.next_element::<String>()? {
                    bindings.push(normal_form(&text).map_err(de::Error::custom)?);
                }
                Ok(Keybindings::Many(bindings))
            }
        }

        deserializer.deserialize_any(KeybindingsVisitor)
    }
}

impl JsonSchema for Keybindings {
    fn schema_name() -> Cow<'static, str> {
        "Keybindings".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Keys such as `ctrl-a`, `shift-enter`, `page-down` or `ctrl-x ctrl-s`; one or several.",
            "examples": ["ctrl-a"],
            "anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}],
        })
    }
}

/// The one form of a binding.
fn normal_form(text: &str) -> Result<String, String> {
    let strokes: Vec<&str> = text.split_whitespace().collect();
    match &*strokes {
        [] => Err("a keybinding must not be empty; write keys such as `ctrl-a` or `shift-enter`".to_owned()),
        [LEADER] => Err(format!("`{LEADER}` needs a key behind it, as in `{LEADER} c`")),
        [first, rest @ ..] if rest.len() < MAX_STROKES => {
            let first = if first.eq_ignore_ascii_case(LEADER) { Ok(LEADER.to_owned()) } else { normal_stroke(first) };
            std::iter::once(first)
                .chain(rest.iter().map(|stroke| normal_stroke(stroke)))
                .collect::<Result<Vec<_>, _>>()
                .map(|strokes| strokes.join(" "))
        }
        _ => Err(format!("keybinding `{text}` has more than {MAX_STROKES} keys one after the other")),
    }
}

/// The one form of a key with its modifiers.
fn normal_stroke(stroke: &str) -> Result<String, String> {
    let lower = stroke.to_lowercase();
    let mut parts = lower.split('-').filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_none() {
        return Err(format!("`{stroke}` is no keybinding; the key `-` is called `minus`"));
    }
    let mut pressed = [false; MODIFIERS.len()];
    while let Some(modifier) = parts.peek().and_then(|part| index_of(&MODIFIERS, part)) {
        if std::mem::replace(&mut pressed[modifier], true) {
            return Err(format!("keybinding `{stroke}` has the same modifier twice"));
        }
        parts.next();
    }
    let key = parts.collect::<Vec<_>>().join("-");
    if key.is_empty() {
        return Err(format!("keybinding `{stroke}` has modifiers and no key"));
    }
    let key = key_name(&key).ok_or_else(|| {
        let names: Vec<&str> = NAMED_KEYS.iter().map(|(name, _)| *name).collect();
        format!(
            "keybinding `{stroke}` has an unknown key `{key}`; write a printable ASCII character, `f1` to \
             `f{LAST_FUNCTION_KEY}`, or one of: {}",
            names.join(", ")
        )
    })?;
    let modifiers = MODIFIERS.iter().zip(pressed).filter(|(_, pressed)| *pressed).map(|((name, _), _)| *name);
    Ok(modifiers.chain([&*key]).collect::<Vec<_>>().join("-"))
}

/// The one name of a key.
fn key_name(key: &str) -> Option<Cow<'_, str>> {
    if let Some(index) = index_of(&NAMED_KEYS, key) {
        return Some(NAMED_KEYS[index].0.into());
    }
    let number = key.strip_prefix('f').and_then(|number| number.parse::<u8>().ok());
    let is_function_key = number.is_some_and(|number| (1..=LAST_FUNCTION_KEY).contains(&number));
    let is_character = key.len() == 1 && key.chars().all(|character| character.is_ascii_graphic());
    (is_function_key || is_character).then_some(key.into())
}

/// The place of a name, or of one of its other names.
fn index_of(names: &[(&str, &[&str])], name: &str) -> Option<usize> {
    names.iter().position(|(main, others)| *main == name || others.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bindings_have_one_form() {
        for (text, form) in [
            ("a", "a"),
            ("CTRL-SHIFT-X", "ctrl-shift-x"),
            ("shift-super-alt-ctrl-k", "ctrl-alt-shift-super-k"),
            ("control-a", "ctrl-a"),
            ("command-pgdn", "super-page-down"),
            ("  ctrl-x   escape ", "ctrl-x esc"),
            ("leader a", "leader a"),
            ("f24", "f24"),
            ("ctrl-?", "ctrl-?"),
            ("-a", "a"),
        ] {
            assert_eq!(normal_form(text).as_deref(), Ok(form), "{text}");
        }
    }

    #[test]
    fn what_is_no_binding_is_refused() {
        for text in
            ["", " ", "-", "ctrl-", "ctrl--", "ctrl-ctrl-a", "f25", "é", "ctrl+a", "a b c", "leader", "a leader", "a-b"]
        {
            assert!(normal_form(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(text in "((ctrl|option|shift|cmd)-){0,3}(a|Z|f7|del|pgup|minus|\\?)( tab)?") {
            if let Ok(form) = normal_form(&text) {
                prop_assert_eq!(normal_form(&form), Ok(form.clone()));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,12}") {
            let _ = normal_form(&text);
        }
    }
}
