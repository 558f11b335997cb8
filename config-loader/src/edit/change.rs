//! A change as it is asked for: a key path, a value, and what happens to a value that is there.

use serde_json::Value as Json;
use toml::{Table, Value};
use toml_edit::DocumentMut;

use super::document::{self, NotATable};
use super::key_path::{KeyPathError, parse_key_path};

/// Tables in tables a value may have; deeper nesting could exhaust the stack of whatever walks the file.
const MAX_DEPTH: usize = 64;

/// How a new value meets an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeStrategy {
    /// The new value takes the place of the old one.
    Replace,
    /// Two tables are merged, at all depths; anything else is replaced.
    Upsert,
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The key path is none.
    #[error(transparent)]
    KeyPath(#[from] KeyPathError),
    /// The value has no form in TOML.
    #[error("invalid value: {0}")]
    Value(&'static str),
    /// Something on the way to the value is no table.
    #[error("cannot set value on non-table parent")]
    NotATable,
    /// Path and value are nested too deeply.
    #[error("keyPath and value have more than {MAX_DEPTH} levels")]
    TooDeep,
}

impl From<NotATable> for ChangeError {
    fn from(_: NotATable) -> Self {
        Self::NotATable
    }
}

/// One change to a configuration.
#[derive(Clone, PartialEq)]
pub struct Change {
    segments: Vec<String>,
    /// None removes the key. The order of its keys is the one they are written in.
    value: Option<(Json, Value)>,
    strategy: MergeStrategy,
}

impl std::fmt::Debug for Change {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The value may be a credential.
        formatter.debug_struct("Change").field("segments", &self.segments).finish_non_exhaustive()
    }
}

impl Change {
    /// Sets the value at a key path; null removes the key.
    ///
    /// # Errors
    ///
    /// A key path that is none, or a value that TOML has no form for: a null inside it, an integer beyond 64 bits signed.
    pub fn new(key_path: &str, value: Json, strategy: MergeStrategy) -> Result<Self, ChangeError> {
        Self::at(parse_key_path(key_path)?, value, strategy)
    }

    /// As [`Change::new`], with the segments of the key path.
    ///
    /// # Errors
    ///
    /// As [`Change::new`].
    pub fn at(segments: Vec<String>, value: Json, strategy: MergeStrategy) -> Result<Self, ChangeError> {
        if segments.is_empty() {
            return Err(KeyPathError::Empty.into());
        }
        let depth = MAX_DEPTH.checked_sub(segments.len()).ok_or(ChangeError::TooDeep)?;
        let value = match value {
            Json::Null => None,
            value => {
                let toml = to_toml(&value, depth)?;
                Some((value, toml))
            }
        };
        Ok(Self { segments, value, strategy })
    }

    /// The segments of the key path.
    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    /// Whether the key is removed.
    pub fn is_removal(&self) -> bool {
        self.value.is_none()
    }

    /// Makes the change in a document.
    pub(crate) fn apply_to_document(&self, document: &mut DocumentMut) -> Result<(), ChangeError> {
        let root = document.as_table_mut();
        match &self.value {
            Some((value, _)) => document::set(root, &self.segments, value, self.strategy)?,
            None => document::remove(root, &self.segments),
        }
        Ok(())
    }

    /// Makes the change in a table.
    pub(crate) fn apply_to_table(&self, root: &mut Table) -> Result<(), ChangeError> {
        let Some((last, parents)) = self.segments.split_last() else {
            return Ok(());
        };
        let mut table = root;
        for segment in parents {
            let inner = match &self.value {
                Some(_) => table.entry(segment).or_insert_with(|| Value::Table(Table::new())).as_table_mut(),
                None => match table.get_mut(segment).and_then(Value::as_table_mut) {
                    Some(inner) => Some(inner),
                    None => return Ok(()),
                },
            };
            table = inner.ok_or(ChangeError::NotATable)?;
        }
        match (&self.value, table.get_mut(last)) {
            (None, _) => {
                table.remove(last);
            }
            (Some((_, Value::Table(new))), Some(Value::Table(old))) if self.strategy == MergeStrategy::Upsert => {
                crate::layers::merge(old, new.clone());
            }
            (Some((_, new)), _) => {
                table.insert(last.clone(), new.clone());
            }
        }
        Ok(())
    }
}

/// The value at a path of a table.
pub(crate) fn value_at<'a>(table: &'a Table, segments: &[String]) -> Option<&'a Value> {
    let (last, parents) = segments.split_last()?;
    let mut table = table;
    for segment in parents {
        table = table.get(segment)?.as_table()?;
    }
    table.get(last)
}

/// A JSON value in TOML.
fn to_toml(value: &Json, depth: usize) -> Result<Value, ChangeError> {
    let inner = depth.checked_sub(1).ok_or(ChangeError::TooDeep);
    Ok(match value {
        Json::Null => return Err(ChangeError::Value("invalid type: null, expected any valid TOML value")),
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Value::Integer(integer),
            (None, Some(float)) if number.is_f64() => Value::Float(float),
            _ => return Err(ChangeError::Value("u64 value was too large")),
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(elements) => {
            let inner = inner?;
            Value::Array(elements.iter().map(|element| to_toml(element, inner)).collect::<Result<_, _>>()?)
        }
        Json::Object(fields) => {
            let inner = inner?;
            let entries = fields.iter().map(|(key, value)| Ok((key.clone(), to_toml(value, inner)?)));
            Value::Table(entries.collect::<Result<_, ChangeError>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_toml_cannot_say_is_refused() {
        for (value, message) in [
            (json!([1, null]), "invalid value: invalid type: null, expected any valid TOML value"),
            (json!({"a": null}), "invalid value: invalid type: null, expected any valid TOML value"),
            (json!(u64::MAX), "invalid value: u64 value was too large"),
        ] {
            assert_eq!(Change::new("a", value, MergeStrategy::Replace).unwrap_err().to_string(), message);
        }
        let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(Change::new("a", deep, MergeStrategy::Replace), Err(ChangeError::TooDeep));
        let path = vec!["a"; 100].join(".");
        assert_eq!(Change::new(&path, json!(1), MergeStrategy::Replace), Err(ChangeError::TooDeep));
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(Json::from),
            any::<bool>().prop_map(Json::from),
            (-1e9..1e9f64).prop_map(Json::from),
            "[ -~é\n\t\"'\\\\]{0,8}".prop_map(Json::from),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
                prop::collection::btree_map("[a-d. \"]{1,3}", inner, 0..3)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn without_empty(table: &Table) -> Table {
        let entries = table.iter().filter_map(|(key, value)| match value {
            Value::Table(inner) => {
                let inner = without_empty(inner);
                (!inner.is_empty()).then(|| (key.clone(), Value::Table(inner)))
            }
            value => Some((key.clone(), value.clone())),
        });
        entries.collect()
    }

    /// Documents in several spellings of the same kinds of tables.
    fn any_document() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "",
            "# head\na = 1 # one\nb = \"x\"\n\n[c] # table\nd = [1, 2] # list\n\n# last\n",
            "a.b = 1\na.c.d = 2\n[b]\n",
            "a = { b = 1, c = { d = 2 } } # braces\nc = 3\n",
            "[[a]]\nb = 1\n[[a]]\nb = 2\n[c.d]\na = 1\n",
            "[a.b.c]\nd = 1\n[a.b]\nd = 2\n[a]\nd = 3\n",
            "b = '''x\ny'''\r\nc = 1\r\n[a]\r\n",
        ])
        .prop_map(str::to_owned)
    }

    proptest! {
        /// The document and the table agree on every change, and what was written is read back.
        #[test]
        fn what_was_written_is_read(
            text in any_document(),
            changes in prop::collection::vec(
                (prop::collection::vec("[a-d]", 1..4), prop::option::of(any_json()), any::<bool>()), 1..4),
        ) {
            let mut document: DocumentMut = text.parse().unwrap();
            let mut table: Table = toml::from_str(&text).unwrap();
            for (segments, value, upsert) in changes {
                let strategy = if upsert { MergeStrategy::Upsert } else { MergeStrategy::Replace };
                let change = Change::at(segments.clone(), value.clone().unwrap_or_default(), strategy).unwrap();
                let mut next = document.clone();
                let outcome = change.apply_to_document(&mut next);
                prop_assert_eq!(&outcome, &change.apply_to_table(&mut table.clone()));
                if outcome.is_err() {
                    continue;
                }
                change.apply_to_table(&mut table).unwrap();
                document = next;
                let written: Table = toml::from_str(&document.to_string()).unwrap();
                // A table that only stood in the name of one that is gone is gone, too.
                prop_assert_eq!(without_empty(&written), without_empty(&table));
                table = written.clone();
                match (&value, value_at(&written, &segments)) {
                    (None, found) => prop_assert!(found.is_none()),
                    (Some(value), Some(found)) if !upsert || !value.is_object() => {
                        prop_assert_eq!(found, &to_toml(value, MAX_DEPTH).unwrap());
                    }
                    (Some(_), found) => prop_assert!(found.is_some()),
                }
            }
        }

        /// A line that has nothing to do with a change is there afterwards, byte by byte and in its order.
        #[test]
        fn other_lines_stay(value in any_json()) {
            let text = "# head\n\nx = 1    # keep\nz = [ 1,\n  2 ]\n\n[t] # header\ny='q' # y\n\n# about u\n[u]\n  i = 0x10\n";
            let mut document: DocumentMut = text.parse().unwrap();
            Change::at(vec!["t".to_owned(), "new".to_owned()], value.clone(), MergeStrategy::Replace)
                .unwrap()
                .apply_to_document(&mut document)
                .unwrap();
            let after = document.to_string();
            let mut rest = after.as_str();
            for line in text.lines() {
                let at = rest.find(line);
                prop_assert!(at.is_some(), "{} is gone from {}", line, after);
                rest = &rest[at.unwrap() + line.len()..];
            }
        }
    }
}
