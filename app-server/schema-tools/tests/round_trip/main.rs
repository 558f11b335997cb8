//! Every type of every method: what its schema allows decodes, and what is encoded is what a schema allows.
//!
//! Values are made from our own bundle, so a field, arm or value that the schema knows and the type does not (or the other
//! way round) is found without naming it here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod schemas;
mod values;

use codex_app_server_protocol::{
    ClientRequest, Direction, EachNotification, EachRequest, MethodRow, Notification, Request, ServerNotification,
    ServerRequest,
};
use proptest::prelude::*;
use schemas::{Schemas, Way};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use values::Values;

/// Tries the types of every method of a table with values from one seed.
struct Tried<'a> {
    schemas: &'a Schemas,
    seed: u64,
    complaints: Vec<String>,
    types: usize,
}

impl Tried<'_> {
    fn row(&self, rows: &'static [MethodRow], name: &str) -> &'static MethodRow {
        rows.iter().find(|row| row.name == name).unwrap()
    }

    /// One type: a value that the schema allows, decoded and encoded again.
    fn one<T: Serialize + DeserializeOwned>(&mut self, what: &str, way: Way, name: Option<&str>) {
        let Some(name) = name else { return };
        self.types += 1;
        let schema = self.schemas.named(way, name);
        let value = Values::new(self.schemas, self.seed).of(schema);
        let decoded: T = match serde_json::from_str(&value.to_string()) {
            Ok(decoded) => decoded,
            Err(error) => return self.complaints.push(format!("{what}: {name} does not decode {value}: {error}")),
        };
        let encoded = serde_json::to_value(&decoded).unwrap();
        for complaint in self.schemas.complaints(way, name, &encoded) {
            self.complaints.push(format!("{what}: {name} encodes {encoded}: {complaint}"));
        }
        let again: T = serde_json::from_value(encoded.clone()).unwrap();
        let twice = serde_json::to_value(&again).unwrap();
        if twice != encoded {
            self.complaints.push(format!("{what}: {name} is {encoded}, then {twice}"));
        }
    }

    fn row_types<P, R>(&mut self, row: &'static MethodRow)
    where
        P: Serialize + DeserializeOwned,
        R: Serialize + DeserializeOwned,
    {
        let (params, result) = match row.direction {
            Direction::ClientRequest | Direction::ClientNotification => (Way::Taken, Way::Written),
            Direction::ServerRequest | Direction::ServerNotification => (Way::Written, Way::Taken),
        };
        let params_name = (row.schemas.params_name)();
        let plain = params_name.as_deref().map(|name| name.strip_prefix("Nullable").unwrap_or(name).to_owned());
        self.one::<P>(row.name, params, plain.as_deref());
        self.one::<R>(row.name, result, (row.schemas.result_name)().as_deref());
    }
}

/// A table whose requests are tried.
struct Requests<'a, 'b>(&'a mut Tried<'b>, &'static [MethodRow]);

impl EachRequest for Requests<'_, '_> {
    fn request<M: Request>(&mut self) {
        let row = self.0.row(self.1, M::NAME);
        if self.0.schemas.exports(row) {
            self.0.row_types::<M::Params, M::Result>(row);
        }
    }
}

impl EachNotification for Requests<'_, '_> {
    fn notification<M: Notification>(&mut self) {
        let row = self.0.row(self.1, M::NAME);
        if self.0.schemas.exports(row) {
            self.0.row_types::<M::Params, Value>(row);
        }
    }
}

fn try_all(schemas: &Schemas, seed: u64) -> Vec<String> {
    let mut tried = Tried { schemas, seed, complaints: vec![], types: 0 };
    ClientRequest::each(&mut Requests(&mut tried, ClientRequest::ROWS));
    ServerRequest::each(&mut Requests(&mut tried, ServerRequest::ROWS));
    ServerNotification::each(&mut Requests(&mut tried, ServerNotification::ROWS));
    assert!(tried.types > 450, "every method was tried: {}", tried.types);
    tried.complaints
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_a_schema_allows_decodes_and_what_is_encoded_is_allowed(seed in any::<u64>()) {
        let complaints = try_all(Schemas::get(), seed);
        prop_assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}

/// The two edges that chance rarely comes to: everything that may be left out is, and nothing is.
#[test]
fn the_least_and_the_most_that_a_schema_allows() {
    for seed in [values::LEAST, values::MOST] {
        let complaints = try_all(Schemas::get(), seed);
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}
