//! The kinds of numbers.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use crate::labels::{Label, MOST_VALUES};
use crate::{Collect, Value};

/// Grows.
#[derive(Debug)]
pub struct Counter(AtomicU64);

impl Counter {
    pub(crate) const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    /// One more.
    pub fn inc(&self) {
        self.add(1);
    }

    /// So many more.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// How many.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Grows and shrinks.
#[derive(Debug)]
pub struct Gauge(AtomicI64);

impl Gauge {
    pub(crate) const fn new() -> Self {
        Self(AtomicI64::new(0))
    }

    /// So many more, or fewer.
    pub fn add(&self, change: i64) {
        self.0.fetch_add(change, Ordering::Relaxed);
    }

    /// One more, for as long as the result is held.
    #[must_use = "dropping it counts it off again"]
    pub fn hold(&'static self) -> Held {
        self.add(1);
        Held(self)
    }

    /// How many.
    #[must_use]
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Something that a gauge counts while it is there.
#[derive(Debug)]
pub struct Held(&'static Gauge);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.add(-1);
    }
}

/// How long things took. The bounds are those of a server whose cheapest answers take microseconds and whose longest minutes.
#[derive(Debug)]
pub struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    sum_nanos: AtomicU64,
}

/// The upper bounds of the buckets in nanoseconds; the last bucket has none.
const BOUNDS: [u64; 14] = [
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    5_000_000,
    25_000_000,
    100_000_000,
    500_000_000,
    1_000_000_000,
    5_000_000_000,
    30_000_000_000,
    120_000_000_000,
];

/// A histogram at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramSnapshot {
    /// The upper bounds of all buckets but the last, in seconds.
    pub bounds: Vec<f64>,
    /// How many fell into each bucket, and into no other.
    pub counts: Vec<u64>,
    /// The sum in seconds.
    pub sum: f64,
}

impl HistogramSnapshot {
    /// How many in all.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }
}

impl Histogram {
    pub(crate) const fn new() -> Self {
        Self { buckets: [const { AtomicU64::new(0) }; BOUNDS.len() + 1], sum_nanos: AtomicU64::new(0) }
    }

    /// Something took so long.
    pub fn observe(&self, took: Duration) {
        let nanos = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.iter().position(|bound| nanos <= *bound).unwrap_or(BOUNDS.len());
        if let Some(bucket) = self.buckets.get(bucket) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_nanos.fetch_add(nanos, Ordering::Relaxed);
    }

    /// What it holds.
    #[must_use]
    pub fn snapshot(&self) -> HistogramSnapshot {
        HistogramSnapshot {
            bounds: BOUNDS.iter().map(|nanos| seconds(*nanos)).collect(),
            counts: self.buckets.iter().map(|count| count.load(Ordering::Relaxed)).collect(),
            sum: seconds(self.sum_nanos.load(Ordering::Relaxed)),
        }
    }
}

fn seconds(nanos: u64) -> f64 {
    Duration::from_nanos(nanos).as_secs_f64()
}

/// Numbers of one kind, told apart by a label.
#[derive(Debug)]
pub struct Family<L, T> {
    cells: [T; MOST_VALUES],
    label: PhantomData<fn(L)>,
}

impl<L: Label, T> Family<L, T> {
    pub(crate) const fn new(cells: [T; MOST_VALUES]) -> Self {
        Self { cells, label: PhantomData }
    }

    /// The number with this label.
    pub fn of(&self, label: L) -> &T {
        // No label has more values than there are cells: a test says so.
        &self.cells[label.index() % MOST_VALUES]
    }
}

impl Collect for Counter {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        each(&[], Value::Number(i64::try_from(self.get()).unwrap_or(i64::MAX)));
    }
}

impl Collect for Gauge {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        each(&[], Value::Number(self.get()));
    }
}

impl Collect for Histogram {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        each(&[], Value::Histogram(self.snapshot()));
    }
}

impl<L: Label, T: Collect> Collect for Family<L, T> {
    fn collect(&self, each: &mut dyn FnMut(&[&str], Value)) {
        for (value, cell) in L::VALUES.iter().zip(&self.cells) {
            cell.collect(&mut |_, number| each(&[value], number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_fall_into_the_bucket_whose_bound_they_reach() {
        let histogram = Histogram::new();
        for micros in [1, 25, 26, 200_000_000] {
            histogram.observe(Duration::from_micros(micros));
        }
        let snapshot = histogram.snapshot();
        assert_eq!(snapshot.counts[..3], [2, 1, 0]);
        assert_eq!(snapshot.counts.last(), Some(&1));
        assert_eq!(snapshot.count(), 4);
        assert!((snapshot.sum - 200.000_052).abs() < 1e-9);
        assert!(BOUNDS.is_sorted());
    }

    #[test]
    fn what_is_held_counts() {
        static GAUGE: Gauge = Gauge::new();
        let one = GAUGE.hold();
        let two = GAUGE.hold();
        assert_eq!(GAUGE.get(), 2);
        drop(one);
        assert_eq!(GAUGE.get(), 1);
        drop(two);
        assert_eq!(GAUGE.get(), 0);
    }
}
