//! The declaration of methods: one row each, from which everything that lists methods is derived.
//!
//! A row of a request reads
//!
//! ```text
//! STABILITY "wire/name" => Name [planned] (Params) -> Result
//!     [, in SCOPE] [, partly "what is missing"] [, causes ["notification", ..]] [, runs turn] [, of turn]
//!     [, fails [ErrorKind, ..]] [, since "0.170.0"];
//! ```
//!
//! and one of a notification `STABILITY "wire/name" => Name [planned] (Params) [, of turn] [, since ..];`. A *planned*
//! method has its types, is decoded and checked like every other, and is then answered with "not supported yet"; a planned
//! notification is never sent. `fails` lists only what the method adds to [`crate::ErrorKind::of_every_request`]; what `runs turn`
//! may lead to everything that is `of turn`.

/// The [`crate::Scope`] of a request, from the `in ...` part of its row.
macro_rules! scope_of {
    ($params:ident; ) => {
        None
    };
    ($params:ident; thread($field:ident)) => {
        Some($crate::Scope::write($crate::ScopeKey::Thread($params.$field.clone())))
    };
    ($params:ident; thread_read($field:ident)) => {
        Some($crate::Scope::read($crate::ScopeKey::Thread($params.$field.clone())))
    };
    ($params:ident; process($field:ident)) => {
        Some($crate::Scope::write($crate::ScopeKey::Process($params.$field.clone())))
    };
    ($params:ident; watch($field:ident)) => {
        Some($crate::Scope::write($crate::ScopeKey::Watch($params.$field.clone())))
    };
    ($params:ident; fuzzy($field:ident)) => {
        Some($crate::Scope::write($crate::ScopeKey::FuzzySession($params.$field.clone())))
    };
    ($params:ident; config_read) => {
        Some($crate::Scope::read($crate::ScopeKey::Config))
    };
    ($params:ident; config_write) => {
        Some($crate::Scope::write($crate::ScopeKey::Config))
    };
    ($params:ident; account_read) => {
        Some($crate::Scope::read($crate::ScopeKey::Account))
    };
    ($params:ident; account) => {
        Some($crate::Scope::write($crate::ScopeKey::Account))
    };
    ($params:ident; mcp) => {
        Some($crate::Scope::write($crate::ScopeKey::Mcp))
    };
    ($params:ident; global($name:literal)) => {
        Some($crate::Scope::write($crate::ScopeKey::Global($name)))
    };
    ($params:ident; global_read($name:literal)) => {
        Some($crate::Scope::read($crate::ScopeKey::Global($name)))
    };
}

/// Whether a row says `planned`.
macro_rules! is_planned {
    () => {
        false
    };
    (planned) => {
        true
    };
}

/// Whether a row has a word about turns.
macro_rules! is_turn {
    () => {
        false
    };
    (turn) => {
        true
    };
}

/// The version a row belongs to since: the first one that this crate spoke, unless it says another.
macro_rules! since_of {
    () => {
        $crate::BASELINE_VERSION
    };
    ($since:literal) => {
        $since
    };
}

/// The types of a row for the exporter.
macro_rules! schemas_of {
    ($Params:ty, $Result:ty) => {
        $crate::Schemas {
            params_name: || $crate::declare::type_name::<$Params>(),
            params: |generator| generator.subschema_for::<$Params>(),
            result_name: || $crate::declare::type_name::<$Result>(),
            result: |generator| generator.subschema_for::<$Result>(),
            module: $crate::declare::module_of(&[stringify!($Params), stringify!($Result)]),
        }
    };
}

/// The messages of one direction: the enum, decoding by name.
macro_rules! messages {
    (
        $(#[$enum_meta:meta])*
        pub enum $Enum:ident { $($(#[doc = $doc:literal])* $wire:literal => $Name:ident($Params:ty);)+ }
    ) => {
        $(#[$enum_meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "made once a message and moved, never kept in lists")]
        pub enum $Enum {
            $(
                $(#[doc = $doc])*
                #[doc = concat!("\n\nOn the wire: `", $wire, "`.")]
                $Name($Params),
            )+
        }

        impl $Enum {
            /// Decodes the params of the message with this name; `None` when there is no such message.
            ///
            /// # Errors
            /// As [`crate::decode_params`].
            pub fn decode(
                method: &str,
                params: Option<&serde_json::value::RawValue>,
            ) -> Option<Result<Self, $crate::DecodeError>> {
                const DECODERS: &[$crate::declare::Decoder<$Enum>] =
                    &[$(|params| $crate::decode_params::<$Params>(params).map($Enum::$Name),)+];
                Some(DECODERS.get(Self::place(method)?)?(params))
            }

            /// The place of a message in its table.
            #[must_use]
            pub fn place(method: &str) -> Option<usize> {
                static PLACES: $crate::declare::Places = $crate::declare::Places::new();
                PLACES.of(method, &[$($wire),+])
            }

            /// The row of the message with this name.
            #[must_use]
            pub fn row(method: &str) -> Option<&'static $crate::MethodRow> {
                Self::ROWS.get(Self::place(method)?)
            }

            /// The name on the wire.
            #[must_use]
            pub fn method(&self) -> &'static str {
                match self {
                    $(Self::$Name(_) => $wire,)+
                }
            }
        }
    };
}

/// Requests of one direction: the enum, the marker of each method, the rows, decoding by name.
macro_rules! requests {
    (
        $(#[$enum_meta:meta])*
        pub enum $Enum:ident($direction:ident), markers in $markers:ident $(, handled by $Handlers:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $Stability:ident $wire:literal => $Name:ident $($planned:ident)? ($Params:ty) -> $Result:ty
                $(, in $scope:ident $(($key:tt))?)?
                $(, partly $partly:literal)?
                $(, causes [$($cause:literal),+ $(,)?])?
                $(, runs $runs:ident)?
                $(, of $of:ident)?
                $(, fails [$($fail:ident),+ $(,)?])?
                $(, since $since:literal)?;
            )+
        }
    ) => {
        /// One type a method, so that calls and handlers can name it.
        pub mod $markers {
            use $crate::*;
            $(
                $(#[doc = $doc])*
                #[doc = concat!("\n\nOn the wire: `", $wire, "`.")]
                #[derive(Clone, Copy, Debug)]
                pub struct $Name;

                impl $crate::Request for $Name {
                    const NAME: &'static str = $wire;
                    const STABILITY: $crate::Stability = $crate::Stability::$Stability;
                    type Params = $Params;
                    type Result = $Result;
                }
            )+
        }

        messages! {
            $(#[$enum_meta])*
            pub enum $Enum {
                $($(#[doc = $doc])* $wire => $Name($Params);)+
            }
        }

        handlers! {
            $Enum, $markers $(, $Handlers)?;
            $($Name $($planned)?;)+
        }

        impl $Enum {
            /// Every method of this direction, planned ones included, in the order of the reference.
            pub const ROWS: &'static [$crate::MethodRow] = &[
                $($crate::MethodRow {
                    name: $wire,
                    direction: $crate::Direction::$direction,
                    stability: $crate::Stability::$Stability,
                    docs: &[$($doc),*],
                    since: since_of!($($since)?),
                    scope: concat!("" $(, stringify!($scope) $(, "(", stringify!($key), ")")?)?),
                    planned: is_planned!($($planned)?),
                    partly: concat!("" $(, $partly)?),
                    causes: &[$($($cause),+)?],
                    runs_turn: is_turn!($($runs)?),
                    of_turn: is_turn!($($of)?),
                    fails: &[$($($crate::ErrorKind::$fail),+)?],
                    schemas: schemas_of!($Params, $Result),
                },)+
            ];

            /// Shows every request to the visitor, in the order of the rows.
            pub fn each(visitor: &mut impl $crate::EachRequest) {
                $(visitor.request::<$markers::$Name>();)+
            }

            /// The params as JSON text.
            ///
            /// # Errors
            /// Of the encoder; the types of this crate have none.
            pub fn params_json(&self) -> serde_json::Result<Box<serde_json::value::RawValue>> {
                match self {
                    $(Self::$Name(params) => serde_json::value::to_raw_value::<$Params>(params),)+
                }
            }

            /// Which order the request keeps among others; `None` runs at once.
            #[must_use]
            pub fn scope(&self) -> Option<$crate::Scope> {
                match self {
                    $(Self::$Name(params) => {
                        let _: &$Params = params;
                        scope_of!(params; $($scope $(($key))?)?)
                    })+
                }
            }
        }
    };
}

/// The handler side of a requests table: the bound that lists every row, the answer to planned ones, and the dispatch.
macro_rules! handlers {
    ($Enum:ident, $markers:ident; $($Name:ident $($planned:ident)?;)+) => {};
    ($Enum:ident, $markers:ident, $Handlers:ident; $($Name:ident $($planned:ident)?;)+) => {
        /// Whoever answers every method that is not planned; a forgotten one does not compile, and neither does a handler
        /// for one that is still planned.
        pub trait $Handlers<R: $crate::Refuse>:
            Clone + Send + Sync + 'static $(+ $crate::Handle<$markers::$Name, R>)+ {}

        impl<R: $crate::Refuse, H> $Handlers<R> for H where
            H: Clone + Send + Sync + 'static $(+ $crate::Handle<$markers::$Name, R>)+ {}

        $($(planned_handler!($planned $markers::$Name);)?)+

        $(
            impl $crate::ClientMethod for $markers::$Name {
                fn request(params: Self::Params) -> $Enum {
                    $Enum::$Name(params)
                }
            }
        )+

        impl $Enum {
            /// Hands the request to its handler. The future of each method is boxed, so that the largest one does not
            /// decide the size of all.
            pub fn dispatch<R, H>(self, handler: H, reply: R) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>
            where
                R: $crate::Refuse,
                H: $Handlers<R>,
            {
                match self {
                    $(Self::$Name(params) => {
                        Box::pin(async move { $crate::Handle::<$markers::$Name, R>::handle(handler, params, reply).await })
                    })+
                }
            }
        }
    };
}

/// The answer to a method that is planned: for every handler, so that none can be written beside it.
macro_rules! planned_handler {
    (planned $Name:path) => {
        impl<R: $crate::Refuse, H: Send> $crate::Handle<$Name, R> for H {
            async fn handle(self, _: <$Name as $crate::Request>::Params, reply: R) {
                reply.refuse($crate::RpcError::not_supported(<$Name as $crate::Request>::NAME));
            }
        }
    };
}

/// Notifications of one direction: the enum, the markers, the rows.
macro_rules! notifications {
    (
        $(#[$enum_meta:meta])*
        pub enum $Enum:ident($direction:ident), markers in $markers:ident {
            $(
                $(#[doc = $doc:literal])+
                $Stability:ident $wire:literal => $Name:ident $($planned:ident)? ($Params:ty)
                $(, of $of:ident)? $(, since $since:literal)?;
            )+
        }
    ) => {
        /// One type a notification, so that subscriptions can name it.
        pub mod $markers {
            use $crate::*;
            $(
                $(#[doc = $doc])*
                #[doc = concat!("\n\nOn the wire: `", $wire, "`.")]
                #[derive(Clone, Copy, Debug)]
                pub struct $Name;

                impl $crate::Notification for $Name {
                    const NAME: &'static str = $wire;
                    type Params = $Params;
                }
            )+
        }

        messages! {
            $(#[$enum_meta])*
            pub enum $Enum {
                $($(#[doc = $doc])* $wire => $Name($Params);)+
            }
        }

        impl $Enum {
            /// Every notification, planned ones included, in the order of the reference.
            pub const ROWS: &'static [$crate::MethodRow] = &[
                $($crate::MethodRow {
                    name: $wire,
                    direction: $crate::Direction::$direction,
                    stability: $crate::Stability::$Stability,
                    docs: &[$($doc),*],
                    since: since_of!($($since)?),
                    scope: "",
                    planned: is_planned!($($planned)?),
                    partly: "",
                    causes: &[],
                    runs_turn: false,
                    of_turn: is_turn!($($of)?),
                    fails: &[],
                    schemas: schemas_of!($Params, $crate::NoParams),
                },)+
            ];

            /// Shows every notification to the visitor, in the order of the rows.
            pub fn each(visitor: &mut impl $crate::EachNotification) {
                $(visitor.notification::<$markers::$Name>();)+
            }

            /// The whole notification as it stands on the wire, without a line end.
            #[must_use]
            pub fn encode(&self, emitted_at_ms: i64) -> String {
                match self {
                    $(Self::$Name(params) => $crate::envelope::encode_notification::<$Params>($wire, params, emitted_at_ms),)+
                }
            }
        }
    };
}

pub(crate) use {
    handlers, is_planned, is_turn, messages, notifications, planned_handler, requests, schemas_of, scope_of, since_of,
};

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde_json::value::RawValue;

use crate::DecodeError;

/// Decodes the params of one message.
pub(crate) type Decoder<T> = fn(Option<&RawValue>) -> Result<T, DecodeError>;

/// Where each message stands in its table; made when the first one is looked up.
pub(crate) struct Places(OnceLock<HashMap<&'static str, usize>>);

impl Places {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The place of this name among these.
    pub(crate) fn of(&self, name: &str, names: &[&'static str]) -> Option<usize> {
        let places = self.0.get_or_init(|| names.iter().enumerate().map(|(place, name)| (*name, place)).collect());
        places.get(name).copied()
    }
}

/// The exported name of a type; `None` for the null type of methods without params.
pub(crate) fn type_name<T: JsonSchema>() -> Option<Cow<'static, str>> {
    let name = T::schema_name();
    // A type that may also be null keeps a name of its own beside the plain one.
    match name.strip_prefix("Nullable_") {
        Some(plain) => Some(format!("Nullable{plain}").into()),
        None => (!T::inline_schema()).then_some(name),
    }
}

/// The module of the first type that is written as `v2::Name` or `Option<v2::Name>`: empty when there is none.
pub(crate) const fn module_of(paths: &[&'static str]) -> &'static str {
    let mut which = 0;
    while which < paths.len() {
        let path = paths[which];
        let bytes = path.as_bytes();
        let mut start = 0;
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'<' {
                start = at + 1;
            }
            if bytes[at] == b':' {
                return path.split_at(at).0.split_at(start).1;
            }
            at += 1;
        }
        which += 1;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::module_of;

    #[test]
    fn the_module_is_that_of_the_first_type_that_has_one() {
        assert_eq!(module_of(&["v2::ThreadStartParams", "v1::X"]), "v2");
        assert_eq!(module_of(&["Option<v2::ThreadStartParams>"]), "v2");
        assert_eq!(module_of(&["NoParams", "v1::X"]), "v1");
        assert_eq!(module_of(&["NoParams", "NoParams"]), "");
    }
}
