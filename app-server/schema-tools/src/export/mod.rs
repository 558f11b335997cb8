//! The model of an export: types by name, methods with direction, params and result.
//!
//! It hides in which of the written forms the export came; nothing outside this module knows file names or keywords.

mod compile;
mod load;
mod node;
pub(crate) mod notation;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub(crate) use node::{Kinds, Node, NodeId, Quantity, Range, Span};

/// Which way a method goes, and whether it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// A request of the client, answered by the server.
    ClientRequest,
    /// A request of the server, answered by the client.
    ServerRequest,
    /// A notification of the server.
    ServerNotification,
    /// A notification of the client.
    ClientNotification,
}

impl Direction {
    pub(crate) const ALL: [Self; 4] =
        [Self::ClientRequest, Self::ServerRequest, Self::ServerNotification, Self::ClientNotification];

    /// The name in words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::ClientRequest => "client request",
            Self::ServerRequest => "server request",
            Self::ServerNotification => "server notification",
            Self::ClientNotification => "client notification",
        }
    }

    /// What the union of its messages is called in compatible exports.
    fn union_name(self) -> &'static str {
        match self {
            Self::ClientRequest => "ClientRequest",
            Self::ServerRequest => "ServerRequest",
            Self::ServerNotification => "ServerNotification",
            Self::ClientNotification => "ClientNotification",
        }
    }

    /// What the root of our own bundle calls it.
    fn property(self) -> &'static str {
        match self {
            Self::ClientRequest => "clientRequest",
            Self::ServerRequest => "serverRequest",
            Self::ServerNotification => "serverNotification",
            Self::ClientNotification => "clientNotification",
        }
    }
}

/// Why an export could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file or folder could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file is no JSON.
    #[error("{}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why parsing ended.
        source: serde_json::Error,
    },
    /// The files of a folder could be read, but are not what they should be.
    #[error("{}: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        source: Box<LoadError>,
    },
    /// Nothing declares a method.
    #[error("no schema export: neither a bundle nor files of messages that declare methods")]
    NoMethods,
    /// A reference leads nowhere.
    #[error("unknown reference {reference}")]
    UnknownReference {
        /// The reference as it was written.
        reference: String,
    },
    /// A keyword holds what it cannot hold.
    #[error("{keyword} is {found}")]
    Malformed {
        /// The keyword.
        keyword: String,
        /// What kind of value it holds.
        found: String,
    },
    /// Schemas are nested too deeply, or references go in circles.
    #[error("schemas are nested too deeply")]
    TooDeep,
}

/// A loaded schema export.
#[derive(Clone, Debug)]
pub struct Export {
    nodes: Vec<Node>,
    types: BTreeMap<String, NodeId>,
    methods: BTreeMap<(Direction, String), Method>,
}

/// A method of an export.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// The schema of the params; none when there is no such property.
    pub(crate) params: Option<NodeId>,
    pub(crate) params_required: bool,
    /// The schema of the result, where the export tells it.
    pub(crate) result: Option<NodeId>,
    /// Other properties of the message, such as `emittedAtMs`, with whether they are required.
    pub(crate) beside: BTreeMap<String, (NodeId, bool)>,
}

impl Export {
    /// How many methods go this way.
    pub fn method_count(&self, direction: Direction) -> usize {
        self.methods.keys().filter(|(own, _)| *own == direction).count()
    }

    /// How many named types there are.
    pub fn type_count(&self) -> usize {
        self.types.len()
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    pub(crate) fn types(&self) -> &BTreeMap<String, NodeId> {
        &self.types
    }

    pub(crate) fn methods(&self) -> &BTreeMap<(Direction, String), Method> {
        &self.methods
    }

    pub(crate) fn method(&self, direction: Direction, name: &str) -> Option<&Method> {
        self.methods.get(&(direction, name.to_owned()))
    }

    /// Whether the schema is `{"type": "null"}`, as for methods that take nothing.
    pub(crate) fn is_only_null(&self, id: NodeId) -> bool {
        self.node(id).kinds == Some(Kinds::NULL)
    }

    /// In which directions there is a method with this name.
    pub(crate) fn directions(&self, name: &str) -> impl Iterator<Item = Direction> {
        Direction::ALL.into_iter().filter(move |direction| self.method(*direction, name).is_some())
    }
}
