//! From the methods to every pair of types, and back: which methods reach a pair.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::report::{Finding, Report};
use super::rule::{Affects, Rule};
use super::shape::named_type;
use crate::export::{Direction, Export, Method, NodeId};

/// Two types that stand in the same place, looked at for one part of a client.
pub(super) type Pair = (NodeId, NodeId, Affects);

/// Where in the walk something is: inside which pair, or at which method, and the way there.
#[derive(Clone)]
pub(super) struct Place {
    owner: Owner,
    pub(super) affects: Affects,
    /// The way from a method, for people.
    pub(super) path: String,
}

#[derive(Clone)]
enum Owner {
    Pair(usize),
    Methods(BTreeSet<String>),
}

impl Place {
    /// A place further down.
    pub(super) fn below(&self, segment: &str) -> Self {
        let separator = match (self.path.chars().next_back(), segment.chars().next()) {
            (None | Some(' '), _) | (_, Some('[' | '<')) => "",
            _ => ".",
        };
        Self { path: format!("{}{separator}{segment}", self.path), ..self.clone() }
    }
}

/// A change before it is known which methods it concerns.
struct Change {
    rule: Rule,
    place: Place,
    old: Option<String>,
    new: Option<String>,
}

/// The state of a comparison.
pub(super) struct Walk<'a> {
    pub(super) old: &'a Export,
    pub(super) new: &'a Export,
    known: HashMap<Pair, usize>,
    pairs: Vec<Pair>,
    waiting: VecDeque<Place>,
    /// Which pairs a pair leads to.
    edges: Vec<BTreeSet<usize>>,
    /// Which methods begin with a pair.
    starts: Vec<BTreeSet<String>>,
    changes: Vec<Change>,
}

pub(super) fn walk(old: &Export, new: &Export) -> Report {
    let mut walk = Walk {
        old,
        new,
        known: HashMap::new(),
        pairs: Vec::new(),
        waiting: VecDeque::new(),
        edges: Vec::new(),
        starts: Vec::new(),
        changes: Vec::new(),
    };
    walk.methods();
    walk.rest_of_pairs();
    // Results that no method is known to have are still read by someone.
    for (name, id) in old.types().iter().filter(|(name, _)| name.ends_with("Response")) {
        let is_read = |walk: &Walk<'_>, id: NodeId| {
            walk.known.keys().any(|(old, _, _)| *old == id || named_type(walk.old, *old) == Some(id))
        };
        if let (Some(other), false) = (new.types().get(name), is_read(&walk, *id)) {
            let owner = Owner::Methods(BTreeSet::new());
            walk.types(*id, *other, &Place { owner, affects: Affects::Reader, path: format!("{name} ") });
        }
    }
    walk.rest_of_pairs();
    walk.report()
}

impl Walk<'_> {
    /// Notes a change.
    pub(super) fn found(&mut self, rule: Rule, place: &Place, old: Option<String>, new: Option<String>) {
        self.changes.push(Change { rule, place: place.clone(), old, new });
    }

    /// Puts a pair aside, to be compared once.
    pub(super) fn types(&mut self, old: NodeId, new: NodeId, place: &Place) {
        let pair = (old, new, place.affects);
        let index = match self.known.get(&pair) {
            Some(index) => *index,
            None => {
                let index = self.pairs.len();
                self.known.insert(pair, index);
                self.pairs.push(pair);
                self.edges.push(BTreeSet::new());
                self.starts.push(BTreeSet::new());
                self.waiting.push_back(Place { owner: Owner::Pair(index), ..place.clone() });
                index
            }
        };
        match &place.owner {
            Owner::Pair(from) => {
                self.edges[*from].insert(index);
            }
            Owner::Methods(names) => self.starts[index].extend(names.iter().cloned()),
        }
    }

    fn rest_of_pairs(&mut self) {
        while let Some(place) = self.waiting.pop_front() {
            if let Owner::Pair(index) = place.owner {
                let (old, new, _) = self.pairs[index];
                self.compare_types(old, new, &place);
            }
        }
    }

    fn methods(&mut self) {
        let (old, new) = (self.old, self.new);
        for ((direction, name), method) in old.methods() {
            let place = method_place(*direction, name);
            match new.method(*direction, name) {
                Some(other) => self.method(*direction, name, method, other),
                None => {
                    let there = new.directions(name).find(|there| old.method(*there, name).is_none());
                    let rule = if there.is_some() { Rule::MethodDirectionChanged } else { Rule::MethodRemoved };
                    self.found(rule, &place, Some(described(*direction)), there.map(described));
                }
            }
        }
        for (direction, name) in new.methods().keys() {
            let is_old = old.method(*direction, name).is_some();
            let has_moved = old.directions(name).any(|there| new.method(there, name).is_none());
            if !is_old && !has_moved {
                self.found(Rule::MethodAdded, &method_place(*direction, name), None, Some(described(*direction)));
            }
        }
        for direction in Direction::ALL {
            self.beside(direction);
        }
    }

    fn method(&mut self, direction: Direction, name: &str, old: &Method, new: &Method) {
        let (params, result) = sides(direction);
        let place = Place { affects: params, path: format!("{name} params"), ..method_place(direction, name) };
        let takes = |export: &Export, method: &Method| method.params.filter(|params| !export.is_only_null(*params));
        match (takes(self.old, old), takes(self.new, new)) {
            (Some(before), Some(after)) => {
                let rule = match (old.params_required, new.params_required) {
                    (false, true) => Some(Rule::ParamsBecameRequired),
                    (true, false) => Some(Rule::ParamsBecameOptional),
                    _ => None,
                };
                if let Some(rule) = rule {
                    let (old, new) = (self.old.named(before), self.new.named(after));
                    self.found(rule, &place, Some(old), Some(new));
                }
                self.compare(before, after, &place);
            }
            (None, Some(after)) => {
                let rule = if new.params_required { Rule::ParamsBecameRequired } else { Rule::ParamsAdded };
                self.found(rule, &place, None, Some(self.new.spelled(after)));
            }
            (Some(before), None) => self.found(Rule::ParamsRemoved, &place, Some(self.old.spelled(before)), None),
            (None, None) => {}
        }
        let place = Place { affects: result, path: format!("{name} result"), ..place };
        match (old.result, new.result) {
            (Some(before), Some(after)) => self.compare(before, after, &place),
            (None, None) => {}
            (before, after) => {
                let (old, new) = (before.map(|id| self.old.named(id)), after.map(|id| self.new.named(id)));
                self.found(Rule::ResultUnknown, &place, old, new);
            }
        }
    }

    /// Fields of the messages of a direction beside their params; all have the same, so they are compared once.
    fn beside(&mut self, direction: Direction) {
        let common: Vec<(&String, &Method, &Method)> = self
            .old
            .methods()
            .iter()
            .filter(|((own, _), _)| *own == direction)
            .filter_map(|((_, name), old)| Some((name, old, self.new.method(direction, name)?)))
            .collect();
        let mut done = BTreeSet::new();
        for (name, old, new) in &common {
            for field in old.beside.keys().chain(new.beside.keys()) {
                if !done.insert(field.clone()) {
                    continue;
                }
                let has = |method: &Method| method.beside.contains_key(field);
                let users = common.iter().filter(|(_, old, new)| has(old) || has(new));
                let owner = Owner::Methods(users.map(|(name, _, _)| (*name).clone()).collect());
                let place = Place { owner, affects: sides(direction).0, path: format!("{name} ") };
                let side = |method: &Method| method.beside.get(field).map(|(node, required)| (Some(*node), *required));
                self.field(field, side(old), side(new), false, &place);
            }
        }
    }

    fn report(self) -> Report {
        let reach = self.reach();
        let findings = self.changes.iter().map(|change| {
            let (methods, type_name) = match &change.place.owner {
                Owner::Methods(names) => (names, None),
                Owner::Pair(index) => (&reach[*index], self.type_name(*index)),
            };
            Finding::new(
                (change.rule, change.place.affects),
                methods,
                type_name,
                change.place.path.trim_end().to_owned(),
                (change.old.clone(), change.new.clone()),
            )
        });
        Report::new(findings.collect())
    }

    fn type_name(&self, index: usize) -> Option<String> {
        let (old, new, _) = self.pairs[index];
        match (&self.old.node(old).name, &self.new.node(new).name) {
            (Some(old), Some(new)) if old != new => Some(format!("{old} -> {new}")),
            (Some(name), _) | (None, Some(name)) => Some(name.clone()),
            (None, None) => None,
        }
    }

    /// Which methods reach each pair.
    fn reach(&self) -> Vec<BTreeSet<String>> {
        let mut begins: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, names) in self.starts.iter().enumerate() {
            for name in names {
                begins.entry(name).or_default().push(index);
            }
        }
        let mut reach = vec![BTreeSet::new(); self.pairs.len()];
        for (name, mut waiting) in begins {
            while let Some(index) = waiting.pop() {
                if reach[index].insert(name.to_owned()) {
                    waiting.extend(&self.edges[index]);
                }
            }
        }
        reach
    }
}

fn described(direction: Direction) -> String {
    direction.describe().to_owned()
}

/// Who is concerned by the params and by the result of a method.
fn sides(direction: Direction) -> (Affects, Affects) {
    match direction {
        Direction::ClientRequest | Direction::ClientNotification => (Affects::Sender, Affects::Reader),
        Direction::ServerRequest | Direction::ServerNotification => (Affects::Reader, Affects::Sender),
    }
}

fn method_place(direction: Direction, name: &str) -> Place {
    let owner = Owner::Methods(BTreeSet::from([name.to_owned()]));
    Place { owner, affects: sides(direction).0, path: name.to_owned() }
}
