//! The maps from method names to types: a client types `call(method, params)` with them and needs no table of its own.

use std::fmt::Write;

use super::super::envelopes::takes_null;
use super::super::types::{Method, Types};
use super::Declared;
use super::printer::{Printer, comment};
use crate::Direction;

/// The file's name, without its ending.
pub(super) const MAPS: &str = "methods";

/// One interface of the file.
pub(super) struct Map {
    pub(super) name: &'static str,
    direction: Direction,
    docs: &'static str,
    answered: bool,
}

/// The interfaces of the file.
pub(super) const INTERFACES: [Map; 4] = [
    Map {
        name: "ClientRequests",
        direction: Direction::ClientRequest,
        docs: "What a client may ask, by method: `ClientRequests[M][\"params\"]` and `ClientRequests[M][\"result\"]`.",
        answered: true,
    },
    Map {
        name: "ServerRequests",
        direction: Direction::ServerRequest,
        docs: "What the server may ask of a client, by method.",
        answered: true,
    },
    Map {
        name: "ServerNotifications",
        direction: Direction::ServerNotification,
        docs: "What the server tells, by method.",
        answered: false,
    },
    Map {
        name: "ClientNotifications",
        direction: Direction::ClientNotification,
        docs: "What a client tells, by method.",
        answered: false,
    },
];

/// The file's content.
pub(super) fn declared(types: &Types) -> Declared {
    let mut printer = Printer::default();
    let mut text = String::new();
    for (place, map) in INTERFACES.iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        comment(&mut text, &serde_json::json!({ "description": map.docs }), 0);
        _ = writeln!(text, "export interface {} {{", map.name);
        for method in types.methods(map.direction) {
            entry(&mut text, &mut printer, method, map.answered);
        }
        text.push_str("}\n");
    }
    Declared { folder: "", text, needs: printer.needs }
}

fn entry(text: &mut String, printer: &mut Printer, method: &Method, answered: bool) {
    comment(text, &serde_json::json!({ "description": method.row.description() }), 1);
    let mark = if takes_null(&method.params) { "?" } else { "" };
    _ = write!(text, "  \"{}\": {{ params{mark}: ", method.row.name);
    printer.print(text, &method.params, 1);
    if answered {
        text.push_str("; result: ");
        printer.print(text, &method.result, 1);
    }
    text.push_str(" };\n");
}
