//! One schema in compiled form: keywords that matter, references as numbers.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Number, Value};

/// A schema's place in the arena of its export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub(super) usize);

/// A compiled schema. What is absent constrains nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// The definition's name, for nodes that are one.
    pub(crate) name: Option<String>,
    /// The schema `false`: no value fits.
    pub(crate) nothing: bool,
    pub(crate) reference: Option<NodeId>,
    pub(crate) kinds: Option<Kinds>,
    /// `enum`, and `const` as the only value of one.
    pub(crate) values: Option<Vec<Value>>,
    pub(crate) fields: BTreeMap<String, NodeId>,
    pub(crate) required: BTreeSet<String>,
    pub(crate) additional: Option<NodeId>,
    /// What every element fits that is not covered by `prefix`.
    pub(crate) items: Option<NodeId>,
    pub(crate) prefix: Vec<NodeId>,
    pub(crate) one_of: Vec<NodeId>,
    pub(crate) any_of: Vec<NodeId>,
    pub(crate) all_of: Vec<NodeId>,
    /// Range of numbers, the range of the format included.
    pub(crate) range: Range,
    /// Characters of a string.
    pub(crate) length: Span,
    /// Elements of an array.
    pub(crate) count: Span,
    pub(crate) format: Option<String>,
    pub(crate) default: Option<Value>,
    /// The property that tells the arms of a union apart, where the schema says so.
    pub(crate) discriminator: Option<String>,
}

impl Node {
    /// Whether the node itself says anything about a value, its references and unions aside.
    pub(crate) fn says_something(&self) -> bool {
        self.nothing
            || self.kinds.is_some()
            || self.values.is_some()
            || !self.fields.is_empty()
            || !self.required.is_empty()
            || self.additional.is_some()
            || self.items.is_some()
            || !self.prefix.is_empty()
            || self.range != Range::default()
            || self.length != Span::default()
            || self.count != Span::default()
    }
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    /// All numbers, whole ones included.
    pub(crate) const NUMBER: Self = Self(4 | 8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ALL: Self = Self(127);

    const NAMES: [(&'static str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("number", Self::NUMBER),
        ("integer", Self::INTEGER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// The kind of a value; whole numbers are integers however they are written.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if Quantity::of(number).is_whole() => Self::INTEGER,
            Value::Number(_) => Self(8),
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many of the six types of values there are in it; numbers count once.
    pub(crate) fn count(self) -> usize {
        [Self::NULL, Self::BOOLEAN, Self::NUMBER, Self::STRING, Self::ARRAY, Self::OBJECT]
            .into_iter()
            .filter(|kind| self.meets(*kind))
            .count()
    }

    /// The names, `integer` only where fractions are not meant too.
    pub(crate) fn names(self) -> Vec<&'static str> {
        let mut left = self;
        let mut names = Vec::new();
        for (name, kind) in Self::NAMES {
            if left.contains(kind) {
                names.push(name);
                left = Self(left.0 & !kind.0);
            }
        }
        names
    }
}

/// A number as exact as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Quantity {
    Whole(i128),
    Fraction(f64),
}

impl Quantity {
    /// Above this, `f64` holds whole numbers that do not fit into `i128`.
    const WHOLE_LIMIT: f64 = 1.0e38;

    pub(crate) fn of(number: &Number) -> Self {
        if let Some(whole) = number.as_i64() {
            return Self::Whole(whole.into());
        }
        if let Some(whole) = number.as_u64() {
            return Self::Whole(whole.into());
        }
        let float = number.as_f64().unwrap_or(f64::NAN);
        if float.fract() == 0.0 && float.abs() < Self::WHOLE_LIMIT {
            // The value is whole and in range, so the cast is exact.
            return Self::Whole(float as i128);
        }
        Self::Fraction(float)
    }

    fn is_whole(self) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Fraction(float) => float.fract() == 0.0,
        }
    }

    pub(crate) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(left), Self::Whole(right)) => left.cmp(&right),
            (left, right) => left.float().total_cmp(&right.float()),
        }
    }

    fn float(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Fraction(float) => float,
        }
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(whole) => write!(formatter, "{whole}"),
            Self::Fraction(float) => write!(formatter, "{float}"),
        }
    }
}

/// The numbers from `min` to `max`, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Range {
    pub(crate) min: Option<Quantity>,
    pub(crate) max: Option<Quantity>,
}

impl Range {
    /// The range of an integer format; other formats say nothing about numbers.
    pub(crate) fn of_format(format: &str) -> Self {
        let (min, max) = match format {
            "int8" => (i8::MIN.into(), i8::MAX.into()),
            "int16" => (i16::MIN.into(), i16::MAX.into()),
            "int32" => (i32::MIN.into(), i32::MAX.into()),
            "int64" | "int" => (i64::MIN.into(), i64::MAX.into()),
            "uint8" => (0, u8::MAX.into()),
            "uint16" => (0, u16::MAX.into()),
            "uint32" => (0, u32::MAX.into()),
            "uint64" | "uint" => (0, i128::from(u64::MAX)),
            _ => return Self::default(),
        };
        Self { min: Some(Quantity::Whole(min)), max: Some(Quantity::Whole(max)) }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        let tighter = |left: Option<Quantity>, right: Option<Quantity>, wanted: Ordering| match (left, right) {
            (Some(left), Some(right)) => Some(if left.compare(right) == wanted { left } else { right }),
            (left, right) => left.or(right),
        };
        Self { min: tighter(self.min, other.min, Ordering::Greater), max: tighter(self.max, other.max, Ordering::Less) }
    }

    /// What holds all numbers of both.
    pub(crate) fn or(self, other: Self) -> Self {
        let looser = |left: Option<Quantity>, right: Option<Quantity>, wanted: Ordering| {
            left.zip(right).map(|(left, right)| if left.compare(right) == wanted { left } else { right })
        };
        Self { min: looser(self.min, other.min, Ordering::Less), max: looser(self.max, other.max, Ordering::Greater) }
    }

    /// Whether every number of the other is in this one.
    pub(crate) fn covers(self, other: Self) -> bool {
        let union = self.or(other);
        let same = |left: Option<Quantity>, right: Option<Quantity>| match (left, right) {
            (Some(left), Some(right)) => left.compare(right).is_eq(),
            (left, right) => left.is_none() && right.is_none(),
        };
        same(union.min, self.min) && same(union.max, self.max)
    }

    pub(crate) fn holds(self, number: Quantity) -> bool {
        self.min.is_none_or(|min| number.compare(min).is_ge()) && self.max.is_none_or(|max| number.compare(max).is_le())
    }
}

/// How long something may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

impl Span {
    pub(crate) fn and(self, other: Self) -> Self {
        let max = match (self.max, other.max) {
            (Some(left), Some(right)) => Some(left.min(right)),
            (left, right) => left.or(right),
        };
        Self { min: self.min.max(other.min), max }
    }

    pub(crate) fn holds(self, length: usize) -> bool {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        self.min.is_none_or(|min| length >= min) && self.max.is_none_or(|max| length <= max)
    }

    /// The same as a range of numbers, so that both are compared alike.
    pub(crate) fn range(self) -> Range {
        let quantity = |length: u64| Quantity::Whole(length.into());
        // No minimum and a minimum of nothing are the same.
        Range { min: self.min.filter(|min| *min > 0).map(quantity), max: self.max.map(quantity) }
    }
}
