//! Two schemas in the same place: which alternatives belong together, and what became of them.

use serde_json::Value;

use super::rule::Rule;
use super::shape::{Alternative, Body, Extra, Field, Object, alternatives, named_type};
use super::walk::{Place, Walk};
use crate::export::notation::literal;
use crate::export::{Export, Kinds, NodeId, Range};

/// Properties that usually tell arms apart; they win over others that would do.
const USUAL_TAGS: [&str; 4] = ["type", "kind", "mode", "status"];

/// A comparison of two schemas: where, and how each is written for people.
struct Site<'p> {
    place: &'p Place,
    old: NodeId,
    new: NodeId,
    /// The named types being compared, so that they are not put aside again.
    inside: Option<(NodeId, NodeId)>,
}

impl Walk<'_> {
    /// Compares two schemas where they are used; named types are put aside.
    pub(super) fn compare(&mut self, old: NodeId, new: NodeId, place: &Place) {
        let (before, after) = (alternatives(self.old, old), alternatives(self.new, new));
        let is_nullable = |all: &[Alternative]| all.iter().any(|one| matches!(one.body, Body::Null | Body::Any));
        let rule = match (is_nullable(&before), is_nullable(&after)) {
            (false, true) if !has_any(&after) => Some(Rule::NullAdded),
            (true, false) if !has_any(&before) => Some(Rule::NullRemoved),
            _ => None,
        };
        if let Some(rule) = rule {
            self.found(rule, place, Some(self.old.named(old)), Some(self.new.named(new)));
        }
        match (named_type(self.old, old), named_type(self.new, new)) {
            (None, None) => self.alternatives(before, after, &Site { place, old, new, inside: None }),
            (before, after) => self.types(before.unwrap_or(old), after.unwrap_or(new), place),
        }
    }

    /// Compares two types that were put aside; whether they may be null was said where they are used.
    pub(super) fn compare_types(&mut self, old: NodeId, new: NodeId, place: &Place) {
        let (before, after) = (alternatives(self.old, old), alternatives(self.new, new));
        self.alternatives(before, after, &Site { place, old, new, inside: Some((old, new)) });
    }

    fn alternatives(&mut self, old: Vec<Alternative>, new: Vec<Alternative>, site: &Site<'_>) {
        let not_null = |all: Vec<Alternative>| -> Vec<Alternative> {
            all.into_iter().filter(|one| !matches!(one.body, Body::Null)).collect()
        };
        let (old, new) = (not_null(old), not_null(new));
        let whole = |rule: Rule, walk: &mut Self| {
            let (old, new) = (walk.old.spelled(site.old), walk.new.spelled(site.new));
            walk.found(rule, site.place, Some(old), Some(new));
        };
        match (has_any(&old), has_any(&new)) {
            (true, true) => return,
            (true, false) => return whole(Rule::TypeNarrowed, self),
            (false, true) => return whole(Rule::TypeWidened, self),
            (false, false) => {}
        }
        let (was, is) = (kinds(&old), kinds(&new));
        if !was.is_empty() && !is.is_empty() && !was.meets(is) {
            return whole(Rule::TypeChanged, self);
        }
        // A reader that already tells several types apart meets a new arm; one that knew a single type does not.
        let widened = if was.count() > 1 { Rule::UnionArmAdded } else { Rule::TypeWidened };
        let narrowed = if was.count() > 1 { Rule::UnionArmRemoved } else { Rule::TypeNarrowed };
        for kind in [Kinds::BOOLEAN, Kinds::NUMBER, Kinds::STRING, Kinds::ARRAY, Kinds::OBJECT] {
            let of_kind = |all: &[Alternative]| -> Vec<Alternative> {
                all.iter().filter(|one| one.body.kind() == Some(kind)).cloned().collect()
            };
            let (old, new) = (of_kind(&old), of_kind(&new));
            match (old.is_empty(), new.is_empty()) {
                (true, true) => {}
                (true, false) => self.arms(widened, &new, site),
                (false, true) => self.arms(narrowed, &old, site),
                (false, false) if kind == Kinds::OBJECT => self.objects(&old, &new, site),
                (false, false) if kind == Kinds::ARRAY => self.lists(&old, &new, site),
                (false, false) => self.scalars(&old, &new, site),
            }
        }
    }

    /// Arms that only one side has.
    fn arms(&mut self, rule: Rule, arms: &[Alternative], site: &Site<'_>) {
        if matches!(rule, Rule::TypeWidened | Rule::TypeNarrowed) {
            let (old, new) = (self.old.spelled(site.old), self.new.spelled(site.new));
            return self.found(rule, site.place, Some(old), Some(new));
        }
        for arm in arms {
            let is_new = rule == Rule::UnionArmAdded;
            let text = Some(describe(if is_new { self.new } else { self.old }, arm));
            let (old, new) = if is_new { (None, text) } else { (text, None) };
            self.found(rule, site.place, old, new);
        }
    }

    /// Booleans, numbers or strings, with the values of enums among them.
    fn scalars(&mut self, old: &[Alternative], new: &[Alternative], site: &Site<'_>) {
        let literals = |all: &[Alternative]| -> Vec<Value> {
            let value = |one: &Alternative| match &one.body {
                Body::Literal(value) => Some(value.clone()),
                _ => None,
            };
            all.iter().filter_map(value).collect()
        };
        let free = |all: &[Alternative]| -> Option<Body> {
            let mut free = all.iter().map(|one| &one.body).filter(|body| !matches!(body, Body::Literal(_)));
            let first = free.next()?.clone();
            Some(free.fold(first, wider))
        };
        let (old_names, new_names) = (self.old.spelled(site.old), self.new.spelled(site.new));
        match (free(old), free(new)) {
            (None, None) => {
                let (before, after) = (literals(old), literals(new));
                for value in before.iter().filter(|value| !after.contains(value)) {
                    self.found(Rule::EnumValueRemoved, site.place, Some(literal(value)), None);
                }
                for value in after.iter().filter(|value| !before.contains(value)) {
                    self.found(Rule::EnumValueAdded, site.place, None, Some(literal(value)));
                }
            }
            (None, Some(_)) => self.found(Rule::TypeWidened, site.place, Some(old_names), Some(new_names)),
            (Some(_), None) => self.found(Rule::TypeNarrowed, site.place, Some(old_names), Some(new_names)),
            (Some(before), Some(after)) => {
                if let (Body::Number { whole: was, .. }, Body::Number { whole: is, .. }) = (&before, &after)
                    && was != is
                {
                    let rule = if *was { Rule::TypeWidened } else { Rule::TypeNarrowed };
                    return self.found(rule, site.place, Some(old_names), Some(new_names));
                }
                self.ranges(range_of(&before), range_of(&after), site);
            }
        }
    }

    fn ranges(&mut self, old: Range, new: Range, site: &Site<'_>) {
        for (rule, inner, outer) in [(Rule::RangeNarrowed, old, new), (Rule::RangeWidened, new, old)] {
            if !outer.covers(inner) {
                let (old, new) = (self.old.spelled(site.old), self.new.spelled(site.new));
                self.found(rule, site.place, Some(old), Some(new));
            }
        }
    }

    fn lists(&mut self, old: &[Alternative], new: &[Alternative], site: &Site<'_>) {
        for (before, after) in old.iter().zip(new) {
            let (
                Body::List { items, prefix, count },
                Body::List { items: new_items, prefix: new_prefix, count: new_count },
            ) = (&before.body, &after.body)
            else {
                continue;
            };
            if self.is_put_aside(before, after, site) {
                continue;
            }
            self.ranges(*count, *new_count, site);
            for at in 0..prefix.len().max(new_prefix.len()) {
                let place = site.place.below(&format!("[{at}]"));
                let (was, is) = (prefix.get(at).copied().or(*items), new_prefix.get(at).copied().or(*new_items));
                self.optional(was, is, &place);
            }
            self.optional(*items, *new_items, &site.place.below("[]"));
        }
        self.arms(Rule::UnionArmRemoved, old.get(new.len()..).unwrap_or_default(), site);
        self.arms(Rule::UnionArmAdded, new.get(old.len()..).unwrap_or_default(), site);
    }

    /// Schemas of which either may be absent, which allows everything.
    pub(super) fn optional(&mut self, old: Option<NodeId>, new: Option<NodeId>, place: &Place) {
        match (old, new) {
            (Some(old), Some(new)) => self.compare(old, new, place),
            (Some(old), None) if !has_any(&alternatives(self.old, old)) => {
                self.found(Rule::TypeWidened, place, Some(self.old.named(old)), Some("any".to_owned()));
            }
            (None, Some(new)) if !has_any(&alternatives(self.new, new)) => {
                self.found(Rule::TypeNarrowed, place, Some("any".to_owned()), Some(self.new.named(new)));
            }
            _ => {}
        }
    }

    fn objects(&mut self, old: &[Alternative], new: &[Alternative], site: &Site<'_>) {
        let (old_keys, new_keys) = match (old, new) {
            // Nothing to tell apart.
            ([_], [_]) => (vec![Key::Sole], vec![Key::Sole]),
            _ => {
                let tag = common_tag(self.old, old, self.new, new);
                (keys(self.old, old, tag.as_deref()), keys(self.new, new, tag.as_deref()))
            }
        };
        let mut is_free = vec![true; new.len()];
        let mut lost = Vec::new();
        for (arm, key) in old.iter().zip(&old_keys) {
            let alike = (0..new.len()).filter(|at| new_keys[*at] == *key);
            let best = alike
                .map(|at| (is_free[at], self.likeness(arm, &new[at]), std::cmp::Reverse(at)))
                // A tag alone makes a pair, also with an arm that took in several; others must have something in common.
                .filter(|(free, likeness, _)| *key != Key::None || (*free && *likeness > 0))
                .max();
            match best {
                None => lost.push(arm.clone()),
                Some((_, _, std::cmp::Reverse(at))) => {
                    is_free[at] = false;
                    self.object_pair(arm, &new[at], key, site);
                }
            }
        }
        let mut gained = Vec::new();
        for (arm, key) in new.iter().zip(&new_keys).zip(is_free).filter(|(_, free)| *free).map(|(arm, _)| arm) {
            let alike = old.iter().zip(&old_keys).filter(|(_, other)| *key != Key::None && *other == key);
            match alike.max_by_key(|(other, _)| self.likeness(other, arm)) {
                None => gained.push(arm.clone()),
                Some((other, _)) => self.object_pair(other, arm, key, site),
            }
        }
        self.arms(Rule::UnionArmRemoved, &lost, site);
        // One untagged object that becomes several is no union that a reader was prepared for.
        let was_union = old.len() > 1 || !matches!(old_keys[..], [Key::None | Key::Sole]);
        let rule = if was_union { Rule::UnionArmAdded } else { Rule::TypeWidened };
        if !gained.is_empty() {
            self.arms(rule, &gained, site);
        }
    }

    /// Two objects that stand for each other.
    fn object_pair(&mut self, old: &Alternative, new: &Alternative, key: &Key, site: &Site<'_>) {
        let place = match key {
            Key::None | Key::Sole => site.place.clone(),
            Key::Tag(value) | Key::Only(value) => site.place.below(&format!("<{value}>")),
        };
        if !self.is_put_aside(old, new, &Site { place: &place, ..*site })
            && let (Body::Object(before), Body::Object(after)) = (&old.body, &new.body)
        {
            self.fields(before, after, &place);
        }
    }

    /// Puts two arms aside that are types of their own; they are compared under their names.
    fn is_put_aside(&mut self, old: &Alternative, new: &Alternative, site: &Site<'_>) -> bool {
        let (Some(before), Some(after)) = (old.unit, new.unit) else { return false };
        let is_here = site.inside.is_some_and(|(old, new)| old == before || new == after);
        if !is_here {
            self.types(before, after, site.place);
        }
        !is_here
    }

    /// How many fields two arms share, names of types first.
    fn likeness(&self, old: &Alternative, new: &Alternative) -> usize {
        let (Body::Object(before), Body::Object(after)) = (&old.body, &new.body) else { return 0 };
        let name = |export: &Export, unit: Option<NodeId>| unit.and_then(|unit| export.node(unit).name.clone());
        let same_name = old.unit.is_some() && name(self.old, old.unit) == name(self.new, new.unit);
        let shared = before.fields.keys().filter(|field| after.fields.contains_key(*field)).count();
        let both_empty = before.fields.is_empty() && after.fields.is_empty();
        shared + usize::from(same_name) * 1_000 + usize::from(both_empty)
    }
}

/// What tells an object apart from the other arms of its union.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// The value of the union's tag.
    Tag(String),
    /// The name of its only field.
    Only(String),
    /// It is the only object on both sides.
    Sole,
    None,
}

fn keys(export: &Export, arms: &[Alternative], tag: Option<&str>) -> Vec<Key> {
    let key = |arm: &Alternative| {
        let Body::Object(object) = &arm.body else { return Key::None };
        if let Some(value) = tag.and_then(|tag| constant(export, object.fields.get(tag)?)) {
            return Key::Tag(value);
        }
        let mut fields = object.fields.iter();
        match (fields.next(), fields.next(), object.extra) {
            (Some((name, Field { required: true, .. })), None, Extra::Closed) => Key::Only(name.clone()),
            _ => Key::None,
        }
    };
    arms.iter().map(key).collect()
}

/// The property that is constant in the most arms of both sides.
fn common_tag(old: &Export, before: &[Alternative], new: &Export, after: &[Alternative]) -> Option<String> {
    let count = |export: &Export, arms: &[Alternative], name: &str| {
        arms.iter().filter(|arm| object(arm).is_some_and(|it| is_constant(export, it, name))).count()
    };
    let all = before.iter().chain(after).filter_map(object).flat_map(|object| object.fields.keys());
    let mut names: Vec<&String> = all.collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let usual = USUAL_TAGS.iter().rev().position(|tag| tag == name).map_or(0, |at| at + 1);
            (count(old, before, name) + count(new, after, name), usual, name)
        })
        .filter(|(count, _, _)| *count > 0)
        .max_by_key(|(count, usual, name)| (*count, *usual, std::cmp::Reverse((*name).clone())))
        .map(|(_, _, name)| name.clone())
}

fn object(arm: &Alternative) -> Option<&Object> {
    match &arm.body {
        Body::Object(object) => Some(object),
        _ => None,
    }
}

fn is_constant(export: &Export, object: &Object, name: &str) -> bool {
    object.fields.get(name).is_some_and(|field| constant(export, field).is_some())
}

/// The only text that a field may hold.
fn constant(export: &Export, field: &Field) -> Option<String> {
    match &alternatives(export, field.node?)[..] {
        [Alternative { body: Body::Literal(Value::String(text)), .. }] => Some(text.clone()),
        _ => None,
    }
}

pub(super) fn has_any(all: &[Alternative]) -> bool {
    all.iter().any(|one| matches!(one.body, Body::Any))
}

fn kinds(all: &[Alternative]) -> Kinds {
    all.iter().filter_map(|one| one.body.kind()).fold(Kinds::default(), Kinds::or)
}

fn range_of(body: &Body) -> Range {
    match body {
        Body::Number { range, .. } => *range,
        Body::Text { length } => *length,
        _ => Range::default(),
    }
}

/// What allows all that either allows.
fn wider(left: Body, right: &Body) -> Body {
    match (left, right) {
        (Body::Number { whole, range }, Body::Number { whole: other_whole, range: other }) => {
            Body::Number { whole: whole && *other_whole, range: range.or(*other) }
        }
        (Body::Text { length }, Body::Text { length: other }) => Body::Text { length: length.or(*other) },
        (left, _) => left,
    }
}

/// An arm in one line.
fn describe(export: &Export, arm: &Alternative) -> String {
    if let Some(unit) = arm.unit {
        return export.named(unit);
    }
    match &arm.body {
        Body::Any => "any".to_owned(),
        Body::Null => "null".to_owned(),
        Body::Boolean => "boolean".to_owned(),
        Body::Number { whole: true, .. } => "integer".to_owned(),
        Body::Number { .. } => "number".to_owned(),
        Body::Text { .. } => "string".to_owned(),
        Body::Literal(value) => literal(value),
        Body::List { items: Some(items), .. } => format!("{}[]", export.named(*items)),
        Body::List { .. } => "array".to_owned(),
        Body::Object(object) => {
            let field = |(name, field): (&String, &Field)| super::object::field_line(export, name, *field);
            let fields: Vec<String> = object.fields.iter().map(field).collect();
            crate::export::notation::cut(&format!("{{ {} }}", fields.join("; ")), 160)
        }
    }
}
