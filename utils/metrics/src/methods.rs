//! Requests by method: the methods are named once, by whoever knows them.

use std::sync::OnceLock;

use crate::kinds::{Counter, Histogram};
use crate::{Collect, Value};

/// What is counted of one method.
#[derive(Debug)]
pub struct MethodStats {
    method: &'static str,
    /// Answers that were results.
    pub ok: Counter,
    /// Answers that were errors.
    pub error: Counter,
    /// From the request's line to its answer.
    pub latency: Histogram,
}

/// What is counted of every method.
#[derive(Debug)]
pub struct Requests {
    methods: OnceLock<Box<[MethodStats]>>,
    other: MethodStats,
}

impl MethodStats {
    const fn new(method: &'static str) -> Self {
        Self { method, ok: Counter::new(), error: Counter::new(), latency: Histogram::new() }
    }
}

impl Requests {
    pub(crate) const fn new() -> Self {
        Self { methods: OnceLock::new(), other: MethodStats::new("other") }
    }

    /// Names the methods, in an order that [`Self::of`] uses; the first call counts.
    pub fn name_methods(&self, methods: impl IntoIterator<Item = &'static str>) {
        self.methods.get_or_init(|| methods.into_iter().map(MethodStats::new).collect());
    }

    /// The method of this number; without one what nobody knows is counted.
    pub fn of(&self, method: Option<usize>) -> &MethodStats {
        method.and_then(|index| self.methods.get()?.get(index)).unwrap_or(&self.other)
    }

    /// Those that were asked for.
    fn used(&self) -> impl Iterator<Item = &MethodStats> {
        let named = self.methods.get().into_iter().flatten();
        named.chain([&self.other]).filter(|method| method.ok.get() + method.error.get() > 0)
    }
}

/// The counts of [`Requests`].
pub(crate) struct Counts(pub(crate) &'static Requests);
/// The times of [`Requests`].
pub(crate) struct Latencies(pub(crate) &'static Requests);

impl Collect for Counts {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        for stats in self.0.used() {
            for (outcome, count) in [("ok", &stats.ok), ("error", &stats.error)] {
                count.collect(&mut |_, number| each(&[stats.method, outcome], number));
            }
        }
    }
}

impl Collect for Latencies {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        for stats in self.0.used() {
            stats.latency.collect(&mut |_, value| each(&[stats.method], value));
        }
    }
}
