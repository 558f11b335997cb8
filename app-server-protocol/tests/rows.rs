//! What must hold for every row of the method tables.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;

use codex_app_server_protocol::{
    BASELINE_VERSION, ClientNotification, ClientRequest, ErrorKind, Extension, MethodRow, ServerNotification,
    ServerRequest, Stability, WIRE_VERSION,
};

fn rows() -> impl Iterator<Item = &'static MethodRow> {
    [ClientRequest::ROWS, ServerRequest::ROWS, ServerNotification::ROWS, ClientNotification::ROWS].into_iter().flatten()
}

#[test]
fn the_tables_have_every_method_of_the_wire_once() {
    let of_the_wire = |rows: &[MethodRow]| rows.iter().filter(|row| row.stability != Stability::Extension).count();
    assert_eq!(of_the_wire(ClientRequest::ROWS), 187);
    assert_eq!(of_the_wire(ServerRequest::ROWS), 11);
    assert_eq!(of_the_wire(ServerNotification::ROWS), 88);
    for table in [ClientRequest::ROWS, ServerRequest::ROWS, ServerNotification::ROWS] {
        let names: BTreeSet<&str> = table.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), table.len());
    }
}

#[test]
fn extensions_are_known_by_their_methods() {
    for row in rows() {
        let extension = Extension::of_method(row.name);
        assert_eq!(extension.is_some(), row.stability == Stability::Extension, "{}", row.name);
        assert_eq!(extension.is_some(), row.name.starts_with("ext/"), "{}", row.name);
    }
}

#[test]
fn rows_are_found_by_name_and_decode_by_the_same_name() {
    for row in ClientRequest::ROWS {
        assert_eq!(ClientRequest::row(row.name).unwrap().name, row.name);
        assert!(ClientRequest::decode(row.name, None).is_some(), "{}", row.name);
    }
    assert!(ClientRequest::row("thread/Start").is_none() && ClientRequest::decode("", None).is_none());
}

#[test]
fn rows_say_what_they_are_in_sentences() {
    for row in rows() {
        let text = row.description();
        assert!(text.ends_with('.') && text.len() > 10, "{}: {text}", row.name);
        assert!(row.since == BASELINE_VERSION || row.since == WIRE_VERSION, "{} is since {}", row.name, row.since);
        assert!(!row.planned || row.partly.is_empty(), "{} is planned and partly built", row.name);
    }
}

#[test]
fn what_a_request_may_cause_and_fail_with_exists_and_is_named_once() {
    let from_server: BTreeSet<&str> =
        ServerRequest::ROWS.iter().chain(ServerNotification::ROWS).map(|row| row.name).collect();
    for row in rows() {
        let causes: BTreeSet<&str> = row.causes.iter().copied().collect();
        assert_eq!(causes.len(), row.causes.len(), "{} names a cause twice", row.name);
        assert!(causes.is_subset(&from_server), "{}: {:?}", row.name, causes.difference(&from_server));
        for kind in row.fails {
            assert!(
                !ErrorKind::of_every_request().contains(kind),
                "{}: every request may fail with {kind:?}",
                row.name
            );
            assert_eq!(row.fails.iter().filter(|other| *other == kind).count(), 1, "{}: {kind:?}", row.name);
        }
    }
}
