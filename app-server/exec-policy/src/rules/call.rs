//! The functions of rules files: what they take and what they declare.

use std::path::{Component, Path, PathBuf};

use super::value::Value;
use crate::shell;

/// What a rule says about commands, from the mildest to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// Runs without a question and without a sandbox.
    Allow,
    /// The user is asked.
    Prompt,
    /// Never runs.
    Forbidden,
}

impl Decision {
    fn named(name: &str) -> Result<Self, String> {
        match name {
            "allow" => Ok(Self::Allow),
            "prompt" => Ok(Self::Prompt),
            "forbidden" => Ok(Self::Forbidden),
            other => Err(format!("invalid decision: {other}")),
        }
    }
}

/// Says what happens to commands that begin with certain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixRule {
    /// The words; for each what may stand there. Never empty, and none of the alternatives is.
    pub pattern: Vec<Vec<String>>,
    /// What happens.
    pub decision: Decision,
    /// Why, for the user and the model.
    pub justification: Option<String>,
    /// Whether upper and lower case make no difference.
    pub ignores_case: bool,
}

/// Which files a program's name may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostExecutable {
    /// The bare name.
    pub name: String,
    /// Absolute paths, without `.` and `..`. When there are none, no path stands for the name.
    pub paths: Vec<PathBuf>,
}

/// How a host is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetworkProtocol {
    /// Plain requests.
    Http,
    /// Requests through a tunnel.
    Https,
    /// Streams through a SOCKS5 proxy.
    Socks5Tcp,
    /// Datagrams through a SOCKS5 proxy.
    Socks5Udp,
}

/// Says what happens when a command wants to reach a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkRule {
    /// The host in lower case, without port.
    pub host: String,
    /// How it is spoken to.
    pub protocol: NetworkProtocol,
    /// What happens.
    pub decision: Decision,
    /// Why, for the user.
    pub justification: Option<String>,
}

/// What one call declares.
#[derive(Debug, PartialEq)]
pub(crate) enum Statement {
    Prefix { rule: PrefixRule, matching: Vec<Example>, not_matching: Vec<Example> },
    Executable(HostExecutable),
    Network(NetworkRule),
}

/// The words of a command that a rule must match, or must not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Example(pub Vec<String>);

/// What stands between the parentheses of a call.
#[derive(Default)]
pub(super) struct Arguments {
    pub positional: Vec<Value>,
    pub named: Vec<(String, Value)>,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    List,
    Truth,
}

struct Parameter {
    name: &'static str,
    kind: Kind,
    required: bool,
}

const fn required(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, required: true }
}

const fn optional(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, required: false }
}

struct Function {
    name: &'static str,
    parameters: &'static [Parameter],
    declare: fn(Given) -> Result<Statement, String>,
}

const FUNCTIONS: &[Function] = &[
    Function {
        name: "prefix_rule",
        parameters: &[
            required("pattern", Kind::List),
            optional("decision", Kind::Text),
            optional("match", Kind::List),
            optional("not_match", Kind::List),
            optional("justification", Kind::Text),
            optional("canonical_matching", Kind::Truth),
        ],
        declare: prefix_rule,
    },
    Function {
        name: "host_executable",
        parameters: &[required("name", Kind::Text), required("paths", Kind::List)],
        declare: host_executable,
    },
    Function {
        name: "network_rule",
        parameters: &[
            required("host", Kind::Text),
            required("protocol", Kind::Text),
            required("decision", Kind::Text),
            optional("justification", Kind::Text),
        ],
        declare: network_rule,
    },
];

/// The function of a name.
pub(super) fn function(name: &str) -> Option<&'static str> {
    FUNCTIONS.iter().map(|function| function.name).find(|known| *known == name)
}

/// Does a call; the error says what is wrong with it.
pub(super) fn call(name: &str, arguments: Arguments) -> Result<Statement, String> {
    let function = FUNCTIONS.iter().find(|function| function.name == name).ok_or("no such function")?;
    (function.declare)(Given::new(function, arguments)?)
}

/// The checked arguments of a call, by parameter.
struct Given(Vec<(&'static str, Value)>);

impl Given {
    fn new(function: &Function, arguments: Arguments) -> Result<Self, String> {
        let Function { name, parameters, .. } = function;
        if arguments.positional.len() > parameters.len() {
            return Err(format!("Too many positional arguments for call to {name}"));
        }
        let extra: Vec<String> = (arguments.named.iter())
            .filter(|(given, _)| parameters.iter().all(|parameter| parameter.name != given))
            .map(|(given, _)| format!("`{given}`"))
            .collect();
        if !extra.is_empty() {
            return Err(format!("Found {} extra named parameter(s) for call to {name}", extra.join(" ")));
        }
        let mut positional = arguments.positional.into_iter();
        let mut given = Vec::new();
        for parameter in *parameters {
            let by_name = arguments.named.iter().find(|(given, _)| given == parameter.name);
            let value = match (positional.next(), by_name) {
                (Some(_), Some(_)) => return Err(format!("Argument `{}` occurs more than once", parameter.name)),
                (Some(value), None) => value,
                (None, Some((_, value))) => value.clone(),
                (None, None) if parameter.required => {
                    return Err(format!("Missing parameter `{}` for call to `{name}`", parameter.name));
                }
                (None, None) => continue,
            };
            let (fits, expected) = match parameter.kind {
                Kind::Text => (matches!(value, Value::Text(_)), "str"),
                Kind::List => (matches!(value, Value::List(_)), "list"),
                Kind::Truth => (matches!(value, Value::Truth(_)), "bool"),
            };
            if !fits {
                return Err(format!(
                    "Type of parameter `{}` doesn't match, expected `{expected}`, actual `{} (repr: {value})`",
                    parameter.name,
                    value.type_name()
                ));
            }
            given.push((parameter.name, value));
        }
        Ok(Self(given))
    }

    fn value(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(given, _)| *given == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        match self.value(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn list(&mut self, name: &str) -> Vec<Value> {
        match self.value(name) {
            Some(Value::List(values)) => values,
            _ => Vec::new(),
        }
    }

    fn justification(&mut self) -> Result<Option<String>, String> {
        let justification = self.text("justification");
        match &justification {
            Some(text) if text.trim().is_empty() => Err("invalid rule: justification cannot be empty".to_owned()),
            _ => Ok(justification),
        }
    }
}

fn prefix_rule(mut given: Given) -> Result<Statement, String> {
    let pattern = given.list("pattern");
    if pattern.is_empty() {
        return Err("invalid pattern element: pattern cannot be empty".to_owned());
    }
    let pattern = pattern.into_iter().map(alternatives).collect::<Result<_, _>>()?;
    let decision = given.text("decision").map_or(Ok(Decision::Allow), |name| Decision::named(&name))?;
    let justification = given.justification()?;
    let matching = given.list("match").into_iter().map(example).collect::<Result<_, _>>()?;
    let not_matching = given.list("not_match").into_iter().map(example).collect::<Result<_, _>>()?;
    let ignores_case = given.value("canonical_matching") == Some(Value::Truth(true));
    Ok(Statement::Prefix {
        rule: PrefixRule { pattern, decision, justification, ignores_case },
        matching,
        not_matching,
    })
}

fn alternatives(element: Value) -> Result<Vec<String>, String> {
    match element {
        Value::Text(text) => Ok(vec![text]),
        Value::List(values) if values.is_empty() => {
            Err("invalid pattern element: pattern alternatives cannot be empty".to_owned())
        }
        Value::List(values) => values
            .into_iter()
            .map(|value| text_of(value, "invalid pattern element: pattern alternative must be a string"))
            .collect(),
        other => {
            let found = other.type_name();
            Err(format!("invalid pattern element: pattern element must be a string or list of strings (got {found})"))
        }
    }
}

fn text_of(value: Value, complaint: &str) -> Result<String, String> {
    match value {
        Value::Text(text) => Ok(text),
        other => Err(format!("{complaint} (got {})", other.type_name())),
    }
}

fn example(value: Value) -> Result<Example, String> {
    let words = match value {
        Value::Text(text) => {
            let words = shell::split(&text).ok_or("invalid example: example string has invalid shell syntax")?;
            if words.is_empty() {
                return Err("invalid example: example cannot be an empty string".to_owned());
            }
            words
        }
        Value::List(values) if values.is_empty() => {
            return Err("invalid example: example cannot be an empty list".to_owned());
        }
        Value::List(values) => {
            let complaint = "invalid example: example tokens must be strings";
            values.into_iter().map(|value| text_of(value, complaint)).collect::<Result<_, _>>()?
        }
        other => {
            let found = other.type_name();
            return Err(format!("invalid example: example must be a string or list of strings (got {found})"));
        }
    };
    Ok(Example(words))
}

fn host_executable(mut given: Given) -> Result<Statement, String> {
    let name = given.text("name").unwrap_or_default();
    if name.is_empty() {
        return Err("invalid rule: host_executable name cannot be empty".to_owned());
    }
    if name.contains('/') {
        return Err(format!("invalid rule: host_executable name must be a bare executable name (got {name})"));
    }
    let mut paths = Vec::new();
    for value in given.list("paths") {
        let path = text_of(value, "invalid rule: host_executable paths must be strings")?;
        if !Path::new(&path).is_absolute() {
            return Err(format!("invalid rule: host_executable paths must be absolute (got {path})"));
        }
        let normal = normal_path(Path::new(&path));
        if normal.file_name() != Some(name.as_ref()) {
            return Err(format!("invalid rule: host_executable path `{path}` must have basename `{name}`"));
        }
        if !paths.contains(&normal) {
            paths.push(normal);
        }
    }
    Ok(Statement::Executable(HostExecutable { name, paths }))
}

/// A path without `.` and `..`, worked out without looking at the disk.
pub(crate) fn normal_path(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

fn network_rule(mut given: Given) -> Result<Statement, String> {
    let host = host_name(&given.text("host").unwrap_or_default()).map_err(|why| format!("invalid rule: {why}"))?;
    let protocol = match given.text("protocol").unwrap_or_default().as_str() {
        "http" => NetworkProtocol::Http,
        "https" | "http-connect" | "https_connect" => NetworkProtocol::Https,
        "socks5_tcp" => NetworkProtocol::Socks5Tcp,
        "socks5_udp" => NetworkProtocol::Socks5Udp,
        other => {
            return Err(format!(
                "invalid rule: network_rule protocol must be one of http, https, socks5_tcp, socks5_udp (got {other})"
            ));
        }
    };
    let decision = match given.text("decision").unwrap_or_default().as_str() {
        "deny" => Decision::Forbidden,
        name => Decision::named(name)?,
    };
    let justification = given.justification()?;
    Ok(Statement::Network(NetworkRule { host, protocol, decision, justification }))
}

/// The host of a rule: lower case, without a port, brackets and a dot at the end.
fn host_name(text: &str) -> Result<String, String> {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(rest) => {
            let (address, suffix) =
                rest.split_once(']').ok_or("network_rule host has an invalid bracketed IPv6 literal")?;
            let is_port = suffix.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
            if !suffix.is_empty() && !is_port {
                return Err(format!("network_rule host contains an unsupported suffix: {text}"));
            }
            address
        }
        None => match text.split_once(':') {
            Some((name, port))
                if !name.is_empty() && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                name
            }
            _ => text,
        },
    };
    let host = bare.trim_end_matches('.').to_lowercase();
    if host.is_empty() {
        return Err("network_rule host cannot be empty".to_owned());
    }
    if host.contains('*') {
        return Err("network_rule host must be a specific host; wildcards are not allowed".to_owned());
    }
    if host.contains(['/', '?', '#']) {
        return Err("network_rule host must be a hostname or IP literal (without scheme or path)".to_owned());
    }
    if host.contains(char::is_whitespace) {
        return Err("network_rule host cannot contain whitespace".to_owned());
    }
    Ok(host)
}
