//! Opening: schemas, caches that are broken, truths that are kept.

use codex_utils_database::{Kind, OpenError, open, remove};

const FIRST: &str = "CREATE TABLE a (x INTEGER);";
const SECOND: &str = "CREATE TABLE b (y INTEGER);";

#[test]
fn a_schema_is_brought_up_to_date_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.sqlite");
    let connection = open(&path, Kind::Truth, &[FIRST]).unwrap();
    connection.execute("INSERT INTO a VALUES (1)", []).unwrap();
    drop(connection);
    let connection = open(&path, Kind::Truth, &[FIRST, SECOND]).unwrap();
    assert_eq!(connection.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    connection.execute("INSERT INTO b VALUES (2)", []).unwrap();
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_truth_of_a_later_version_is_left_alone_and_a_cache_is_made_anew() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.sqlite");
    drop(open(&path, Kind::Truth, &[FIRST, SECOND]).unwrap());
    let refused = open(&path, Kind::Truth, &[FIRST]).unwrap_err();
    assert!(matches!(refused, OpenError::Later { found: 2, known: 1, .. }), "{refused}");
    let cache = open(&path, Kind::Cache, &[FIRST]).unwrap();
    assert!(cache.prepare("SELECT y FROM b").is_err());
}

#[test]
fn a_broken_cache_is_replaced_and_a_broken_truth_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.sqlite");
    std::fs::write(&path, "this is no database, and long enough to be looked at as one".repeat(100)).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(open(&path, Kind::Truth, &[FIRST]).unwrap_err(), OpenError::Sqlite { .. }));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let cache = open(&path, Kind::Cache, &[FIRST]).unwrap();
    cache.execute("INSERT INTO a VALUES (1)", []).unwrap();
}

#[test]
fn removing_takes_what_lies_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.sqlite");
    let connection = open(&path, Kind::Cache, &[FIRST]).unwrap();
    connection.execute("INSERT INTO a VALUES (1)", []).unwrap();
    remove(&path).unwrap();
    remove(&path).unwrap();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}
