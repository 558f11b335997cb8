//! One change to a document: a value set, merged or removed, and nothing else touched.

use serde_json::{Map, Value as Json};
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

use super::MergeStrategy;

/// Something on the way to a value is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotATable;

/// Sets the value at a path. A value that is equal already keeps its spelling; a changed one keeps the comment beside it.
/// When it fails, the document may be changed in part.
pub(super) fn set(
    root: &mut Table,
    segments: &[String],
    value: &Json,
    strategy: MergeStrategy,
) -> Result<(), NotATable> {
    let Some((last, parents)) = segments.split_last() else {
        return Ok(());
    };
    let mut table: &mut dyn TableLike = root;
    let mut style = Style::Headers;
    for segment in parents {
        let item = table.entry(segment).or_insert_with(|| style.missing_table());
        if item.is_none() {
            *item = style.missing_table();
        }
        style = Style::of(item);
        table = item.as_table_like_mut().ok_or(NotATable)?;
    }
    set_entry(table, style, last, value, strategy);
    Ok(())
}

/// Removes what stands at a path; a missing value is fine. A comment right above it goes too.
pub(super) fn remove(root: &mut Table, segments: &[String]) {
    let Some((last, parents)) = segments.split_last() else {
        return;
    };
    let mut table: &mut dyn TableLike = root;
    for segment in parents {
        match table.get_mut(segment).and_then(Item::as_table_like_mut) {
            Some(inner) => table = inner,
            None => return,
        }
    }
    table.remove(last);
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// With headers; inner tables have their own.
    Headers,
    /// In braces behind an equals sign, as are all tables in it.
    Braces,
}

impl Style {
    fn of(item: &Item) -> Self {
        if item.is_value() { Self::Braces } else { Self::Headers }
    }

    /// A table that was missing on the way to a value; it only stands in the names of others.
    fn missing_table(self) -> Item {
        match self {
            Self::Headers => {
                let mut table = Table::new();
                table.set_implicit(true);
                Item::Table(table)
            }
            Self::Braces => Item::Value(Value::InlineTable(InlineTable::new())),
        }
    }

    fn item(self, value: &Json) -> Item {
        match (self, value) {
            (Self::Headers, Json::Object(fields)) => {
                let entries = fields.iter().map(|(key, value)| (key.as_str(), self.item(value)));
                Item::Table(entries.collect())
            }
            _ => Item::Value(plain_value(value)),
        }
    }
}

/// Sets one entry of a table.
fn set_entry(parent: &mut dyn TableLike, style: Style, key: &str, value: &Json, strategy: MergeStrategy) {
    if let Some(item) = parent.get_mut(key).filter(|item| !item.is_none()) {
        let inner_style = Style::of(item);
        if let (Json::Object(fields), Item::Table(table)) = (value, &mut *item)
            && fields.is_empty()
            && strategy == MergeStrategy::Replace
        {
            // Nothing in it will tell that it is there: it needs a header of its own.
            table.set_implicit(false);
            table.set_dotted(false);
        }
        if let (Json::Object(fields), Some(table)) = (value, item.as_table_like_mut()) {
            return set_fields(table, inner_style, fields, strategy);
        }
        if equals(item, value) {
            return;
        }
        if let (Some(old), false) = (item.as_value_mut(), value.is_object()) {
            let decor = old.decor().clone();
            *old = plain_value(value);
            *old.decor_mut() = decor;
            return;
        }
        parent.remove(key);
    }
    parent.insert(key, style.item(value));
}

/// Merges fields into a table, or makes them all it has.
fn set_fields(table: &mut dyn TableLike, style: Style, fields: &Map<String, Json>, strategy: MergeStrategy) {
    if strategy == MergeStrategy::Replace {
        let names = table.iter().map(|(key, _)| key.to_owned());
        let gone: Vec<String> = names.filter(|key| !fields.contains_key(key)).collect();
        for key in gone {
            table.remove(&key);
        }
    }
    for (key, value) in fields {
        set_entry(table, style, key, value, strategy);
    }
}

/// A value behind an equals sign; objects become tables in braces.
fn plain_value(value: &Json) -> Value {
    match value {
        // TOML knows no null; a change with one was refused before.
        Json::Null => Value::from(""),
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Value::from(integer),
            None => Value::from(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(elements) => Value::Array(elements.iter().map(plain_value).collect::<Array>()),
        Json::Object(fields) => {
            let entries = fields.iter().map(|(key, value)| (key.as_str(), plain_value(value)));
            Value::InlineTable(entries.collect::<InlineTable>())
        }
    }
}

/// Whether an item says what a JSON value says.
fn equals(item: &Item, value: &Json) -> bool {
    match item {
        Item::None => false,
        Item::Value(item) => value_equals(item, value),
        Item::Table(table) => table_equals(table, value),
        Item::ArrayOfTables(tables) => value.as_array().is_some_and(|elements| {
            tables.len() == elements.len()
                && tables.iter().zip(elements).all(|(table, value)| table_equals(table, value))
        }),
    }
}

fn value_equals(item: &Value, value: &Json) -> bool {
    match (item, value) {
        (Value::String(text), Json::String(value)) => text.value() == value,
        (Value::Boolean(item), Json::Bool(value)) => item.value() == value,
        (Value::Integer(item), Json::Number(number)) => number.as_i64() == Some(*item.value()),
        (Value::Float(item), Json::Number(number)) => number.is_f64() && number.as_f64() == Some(*item.value()),
        (Value::Array(items), Json::Array(elements)) => {
            items.len() == elements.len() && items.iter().zip(elements).all(|(item, value)| value_equals(item, value))
        }
        (Value::InlineTable(table), value) => table_equals(table, value),
        _ => false,
    }
}

fn table_equals(table: &dyn TableLike, value: &Json) -> bool {
    value.as_object().is_some_and(|fields| {
        table.len() == fields.len()
            && fields.iter().all(|(key, value)| table.get(key).is_some_and(|item| equals(item, value)))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use toml_edit::DocumentMut;

    use super::*;

    /// The text after one change; the strategy matters for tables only.
    fn changed(text: &str, path: &[&str], value: &Json, strategy: MergeStrategy) -> String {
        let mut document: DocumentMut = text.parse().unwrap();
        let path: Vec<String> = path.iter().map(|segment| (*segment).to_owned()).collect();
        match value {
            Json::Null => remove(document.as_table_mut(), &path),
            value => set(document.as_table_mut(), &path, value, strategy).unwrap(),
        }
        document.to_string()
    }

    #[test]
    fn what_is_not_changed_keeps_its_bytes() {
        for (before, path, value, after) in [
            ("a=1   # odd\n", &["a"][..], json!(1), "a=1   # odd\n"),
            ("a = 1 # tail\nb = 2\n", &["a"], json!("x"), "a = \"x\" # tail\nb = 2\n"),
            ("l = [ 1,2 ] # l\n", &["l"], json!([1, 2]), "l = [ 1,2 ] # l\n"),
            ("a = 1\n\n[t]\nb = 2\n", &["c"], json!(true), "a = 1\nc = true\n\n[t]\nb = 2\n"),
            ("[t] # t\nb = 2 # b\n", &["t", "c"], json!(1.5), "[t] # t\nb = 2 # b\nc = 1.5\n"),
            ("t = {  b = 2 } # t\n", &["t", "b"], json!(3), "t = {  b = 3 } # t\n"),
            ("t.b = 2\nt.c = 3\n", &["t", "d"], json!(4), "t.b = 2\nt.c = 3\nt.d = 4\n"),
            ("t.b = 2\n", &["t", "d", "e"], json!(4), "t.b = 2\n\n[t.d]\ne = 4\n"),
            ("[[l]]\na = 1\n", &["l"], json!([{"a": 1}]), "[[l]]\na = 1\n"),
            ("a = 1\n[t]\nb = 2\n", &["t", "b"], json!(null), "a = 1\n[t]\n"),
            ("a = 1\n", &["t", "b"], json!(null), "a = 1\n"),
            ("a = 1\n", &["a", "b"], json!(null), "a = 1\n"),
        ] {
            assert_eq!(changed(before, path, &value, MergeStrategy::Replace), after, "{before}");
        }
    }

    #[test]
    fn tables_are_written_as_tables() {
        let value = json!({"x": 1, "c": {"d": 1}, "l": [{"p": "q"}]});
        assert_eq!(
            changed("", &["t", "e"], &value, MergeStrategy::Replace),
            "[t.e]\nx = 1\nl = [{ p = \"q\" }]\n\n[t.e.c]\nd = 1\n"
        );
        assert_eq!(changed("", &["t"], &json!({"c": {"d": 1}}), MergeStrategy::Replace), "[t]\n\n[t.c]\nd = 1\n");
        assert_eq!(
            changed("t = {}\n", &["t", "e"], &json!({"x": 1}), MergeStrategy::Replace),
            "t = { e = { x = 1 } }\n"
        );
    }

    #[test]
    fn tables_are_merged_or_replaced() {
        let before = "[t]\na = 1 # a\nb = 2\n[t.c]\nd = 1\n";
        let value = json!({"a": 2, "c": {"e": 1}});
        assert_eq!(
            changed(before, &["t"], &value, MergeStrategy::Upsert),
            "[t]\na = 2 # a\nb = 2\n[t.c]\nd = 1\ne = 1\n"
        );
        assert_eq!(changed(before, &["t"], &value, MergeStrategy::Replace), "[t]\na = 2 # a\n[t.c]\ne = 1\n");
        assert_eq!(changed(before, &["t"], &json!("x"), MergeStrategy::Upsert), "t = \"x\"\n");
        assert_eq!(changed("t = 1\n", &["t"], &json!({"a": 1}), MergeStrategy::Upsert), "[t]\na = 1\n");
    }

    #[test]
    fn a_scalar_on_the_way_is_refused() {
        let mut document: DocumentMut = "a = 1\n[[l]]\nb = 1\n".parse().unwrap();
        for path in [["a", "b"], ["l", "b"]] {
            let path = path.map(str::to_owned);
            assert_eq!(set(document.as_table_mut(), &path, &json!(1), MergeStrategy::Replace), Err(NotATable));
        }
    }
}
