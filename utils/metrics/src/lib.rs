//! Numbers about the process: counted where things happen, read by whoever watches.
//!
//! What lives here: the kinds of numbers ([`Counter`], [`Gauge`], [`Histogram`], [`Family`]), the one table of all there are
//! ([`TABLE`]), what the system tells about the process ([`process`]), and their form for Prometheus ([`prometheus_text`]).
//! They are the process's, as its log is: servers of one process count together. What must hold: counting is one or two
//! atomic additions, without a lock and without memory taken; a number that is not in the table does not exist.
#![forbid(unsafe_code)]

mod kinds;
mod labels;
mod methods;
pub mod process;
mod prometheus;
mod table;

pub use kinds::{Counter, Family, Gauge, Held, Histogram, HistogramSnapshot};
pub use labels::{ConnectionLabel, Label, OutcomeLabel, TokenLabel, TurnEndLabel};
pub use methods::{MethodStats, Requests};
pub use prometheus::prometheus_text;
pub use table::*;

/// How a number behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It is what it is at the moment.
    Gauge,
    /// How often something took how long.
    Histogram,
}

impl Kind {
    /// Its name where metrics are written down.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// One line of the table.
pub struct Row {
    /// The name.
    pub name: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// What it counts.
    pub help: &'static str,
    /// The names of what its values are told apart by.
    pub labels: &'static [&'static str],
    pub(crate) source: &'static (dyn Collect + Sync),
}

impl Row {
    /// Shows every value.
    pub fn values(&self, each: &mut dyn FnMut(&[&str], Value)) {
        self.source.collect(each);
    }
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of a counter or a gauge.
    Number(i64),
    /// Of a histogram.
    Histogram(HistogramSnapshot),
}

/// What has values: for each the values of its labels, in the order of the row's names.
pub(crate) trait Collect {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value));
}
