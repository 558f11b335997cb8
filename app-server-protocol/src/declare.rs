//! The declaration of methods: one row each, from which everything that lists methods is derived.
//!
//! A row reads `STABILITY "wire/name" => Name(Params) -> Result, in SCOPE, partly "what is missing";`, where the last two
//! parts may be left out. Without the part in brackets and behind it the method is *planned*: it has a name and a
//! stability, but no types, no variant and no behaviour yet.

/// The [`crate::Scope`] of a request, from the `in ...` part of its row.
macro_rules! scope_of {
    ($params:ident; ) => {
        None
    };
    ($params:ident; thread($field:ident)) => {
        Some($crate::Scope { key: $crate::ScopeKey::Thread($params.$field.clone()), access: $crate::Access::Write })
    };
    ($params:ident; thread_read($field:ident)) => {
        Some($crate::Scope { key: $crate::ScopeKey::Thread($params.$field.clone()), access: $crate::Access::Read })
    };
    ($params:ident; config_read) => {
        Some($crate::Scope { key: $crate::ScopeKey::Config, access: $crate::Access::Read })
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
            module: $crate::declare::module_of(stringify!($Params)),
        }
    };
}

/// The messages of one direction that have types: the enum, decoding by name.
macro_rules! messages {
    (
        $(#[$enum_meta:meta])*
        pub enum $Enum:ident { $($wire:literal => $Name:ident($Params:ty);)+ }
    ) => {
        $(#[$enum_meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "made once a message and moved, never kept in lists")]
        pub enum $Enum {
            $(
                #[doc = concat!("`", $wire, "`")]
                $Name($Params),
            )+
        }

        impl $Enum {
            /// Decodes the params of the message with this name; `None` when it is planned or does not exist.
            ///
            /// # Errors
            /// As [`crate::decode_params`].
            pub fn decode(
                method: &str,
                params: Option<&serde_json::value::RawValue>,
            ) -> Option<Result<Self, $crate::DecodeError>> {
                match method {
                    $($wire => Some($crate::decode_params::<$Params>(params).map(Self::$Name)),)+
                    _ => None,
                }
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
                $(#[doc = $doc:literal])*
                $Stability:ident $wire:literal => $Name:ident
                $(($Params:ty) -> $Result:ty $(, in $scope:ident $(($field:ident))?)? $(, partly $partly:literal)?)?;
            )+
        }
    ) => {
        /// One type a method, so that calls and handlers can name it.
        pub mod $markers {
            #[allow(unused_imports, reason = "a table may have rows of one version only")]
            use $crate::{v1, v2, NoParams};
            $(
                $(#[doc = $doc])*
                #[doc = concat!("\n\nOn the wire: `", $wire, "`.")]
                #[derive(Clone, Copy, Debug)]
                pub struct $Name;

                $(
                    impl $crate::Request for $Name {
                        const NAME: &'static str = $wire;
                        const STABILITY: $crate::Stability = $crate::Stability::$Stability;
                        type Params = $Params;
                        type Result = $Result;
                    }
                )?
            )+
        }

        messages! {
            $(#[$enum_meta])*
            pub enum $Enum {
                $($($wire => $Name($Params);)?)+
            }
        }

        handlers! {
            $Enum, $markers $(, $Handlers)?;
            $($($Name($Params);)?)+
        }

        impl $Enum {
            /// Every method of this direction, planned ones included, in the order of the reference.
            pub const ROWS: &'static [$crate::MethodRow] = &[
                $($crate::MethodRow {
                    name: $wire,
                    direction: $crate::Direction::$direction,
                    stability: $crate::Stability::$Stability,
                    docs: &[$($doc),*],
                    scope: concat!("" $($(, stringify!($scope))?)?),
                    partly: concat!("" $($(, $partly)?)?),
                    schemas: $crate::declare::last_of(&[None $(, Some(schemas_of!($Params, $Result)))?]),
                },)+
            ];

            /// The params as JSON text.
            ///
            /// # Errors
            /// Of the encoder; the types of this crate have none.
            pub fn params_json(&self) -> serde_json::Result<Box<serde_json::value::RawValue>> {
                match self {
                    $($(Self::$Name(params) => serde_json::value::to_raw_value::<$Params>(params),)?)+
                }
            }

            /// Which order the request keeps among others; `None` runs at once.
            #[must_use]
            pub fn scope(&self) -> Option<$crate::Scope> {
                match self {
                    $($(Self::$Name(params) => {
                        let _: &$Params = params;
                        scope_of!(params; $($scope $(($field))?)?)
                    })?)+
                }
            }
        }
    };
}

/// The handler side of a requests table: the bound that lists every typed row, and the dispatch to it.
macro_rules! handlers {
    ($Enum:ident, $markers:ident; $($Name:ident($Params:ty);)+) => {};
    ($Enum:ident, $markers:ident, $Handlers:ident; $($Name:ident($Params:ty);)+) => {
        /// Whoever answers every typed method; a forgotten one does not compile.
        pub trait $Handlers<R>: Clone + Send + Sync + 'static $(+ $crate::Handle<$markers::$Name, R>)+ {}

        impl<R, H> $Handlers<R> for H where H: Clone + Send + Sync + 'static $(+ $crate::Handle<$markers::$Name, R>)+ {}

        impl $Enum {
            /// Hands the request to its handler. The future of each method is boxed, so that the largest one does not
            /// decide the size of all.
            pub fn dispatch<R, H>(self, handler: H, reply: R) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>
            where
                R: Send + 'static,
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

/// Notifications of the server: the enum, the markers, the rows, encoding.
macro_rules! server_notifications {
    (
        $(#[$enum_meta:meta])*
        pub enum $Enum:ident, markers in $markers:ident {
            $(
                $(#[doc = $doc:literal])*
                $Stability:ident $wire:literal => $Name:ident $(($Params:ty))?;
            )+
        }
    ) => {
        /// One type a notification, so that subscriptions can name it.
        pub mod $markers {
            use $crate::v2;
            $(
                $(#[doc = $doc])*
                #[doc = concat!("\n\nOn the wire: `", $wire, "`.")]
                #[derive(Clone, Copy, Debug)]
                pub struct $Name;

                $(
                    impl $crate::Notification for $Name {
                        const NAME: &'static str = $wire;
                        type Params = $Params;
                    }
                )?
            )+
        }

        messages! {
            $(#[$enum_meta])*
            pub enum $Enum {
                $($($wire => $Name($Params);)?)+
            }
        }

        impl $Enum {
            /// Every notification, planned ones included, in the order of the reference.
            pub const ROWS: &'static [$crate::MethodRow] = &[
                $($crate::MethodRow {
                    name: $wire,
                    direction: $crate::Direction::ServerNotification,
                    stability: $crate::Stability::$Stability,
                    docs: &[$($doc),*],
                    scope: "",
                    partly: "",
                    schemas: $crate::declare::last_of(&[None $(, Some(schemas_of!($Params, $crate::NoParams)))?]),
                },)+
            ];

            /// The whole notification as it stands on the wire, without a line end.
            #[must_use]
            pub fn encode(&self, emitted_at_ms: i64) -> String {
                match self {
                    $($(Self::$Name(params) => $crate::envelope::encode_notification::<$Params>($wire, params, emitted_at_ms),)?)+
                }
            }
        }
    };
}

pub(crate) use {handlers, messages, requests, schemas_of, scope_of, server_notifications};

use std::borrow::Cow;

use schemars::JsonSchema;

use crate::Schemas;

/// The last entry: macros write `None` first and the typed value behind it, where there is one.
pub(crate) const fn last_of(entries: &[Option<Schemas>]) -> Option<Schemas> {
    entries[entries.len() - 1]
}

/// The exported name of a type; `None` for the null type of methods without params.
pub(crate) fn type_name<T: JsonSchema>() -> Option<Cow<'static, str>> {
    (!T::inline_schema()).then(T::schema_name)
}

/// The module of a type written as `v2::Name`: the part before the colons, empty when there is none.
pub(crate) const fn module_of(path: &'static str) -> &'static str {
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b':' || bytes[at] == b' ' {
            return path.split_at(at).0;
        }
        at += 1;
    }
    ""
}
