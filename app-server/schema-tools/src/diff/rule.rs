//! The rules: what a change is called, and how bad it is for whom.

use serde::Serialize;

/// How much a change matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A client that was right before may now fail.
    Breaking,
    /// Something new that a client may ignore: every client must ignore methods, fields, enum values and arms that it does
    /// not know. Never counted as a break.
    Additive,
    /// Worth knowing: what was possible is no longer used, or is ignored.
    Note,
}

/// Which part of a client a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Affects {
    /// What it sends: params of its requests and notifications, results of server requests.
    Sender,
    /// What it reads: results, notifications, params of server requests.
    Reader,
}

macro_rules! rules {
    ($($(#[$docs:meta])* $name:ident $id:literal $sender:ident $reader:ident;)*) => {
        /// What kind of change a finding is. The identifiers are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Rule {
            $($(#[$docs])* $name,)*
        }

        impl Rule {
            /// All rules in their order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable identifier.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// How bad it is for this part of a client.
            pub fn severity(self, affects: Affects) -> Severity {
                match (self, affects) {
                    $(
                        (Self::$name, Affects::Sender) => Severity::$sender,
                        (Self::$name, Affects::Reader) => Severity::$reader,
                    )*
                }
            }
        }
    };
}

rules! {
    /// A method is gone.
    MethodRemoved "method-removed" Breaking Breaking;
    /// A method goes another way, or became a notification or a request.
    MethodDirectionChanged "method-direction-changed" Breaking Breaking;
    /// There is a new method.
    MethodAdded "method-added" Additive Additive;
    /// A method that took nothing takes params, which may be left out.
    ParamsAdded "params-added" Additive Additive;
    /// A method with params takes none.
    ParamsRemoved "params-removed" Breaking Breaking;
    /// Params that could be left out are required.
    ParamsBecameRequired "params-became-required" Breaking Note;
    /// Params that were required may be left out.
    ParamsBecameOptional "params-became-optional" Additive Breaking;
    /// Only one of the exports tells the type of the result.
    ResultUnknown "result-unknown" Note Note;
    /// A field is new and must be there.
    RequiredFieldAdded "required-field-added" Breaking Additive;
    /// A field is new and may be left out.
    OptionalFieldAdded "optional-field-added" Additive Additive;
    /// A field is gone; a server ignores it.
    FieldRemoved "field-removed" Note Breaking;
    /// A field is gone, and undeclared ones are refused.
    FieldForbidden "field-forbidden" Breaking Breaking;
    /// An optional field became required.
    FieldBecameRequired "field-became-required" Breaking Note;
    /// A required field became optional.
    FieldBecameOptional "field-became-optional" Additive Breaking;
    /// A value may now be null.
    NullAdded "null-added" Additive Breaking;
    /// A value may no longer be null.
    NullRemoved "null-removed" Breaking Note;
    /// An enum has a new value.
    EnumValueAdded "enum-value-added" Additive Additive;
    /// An enum lost a value.
    EnumValueRemoved "enum-value-removed" Breaking Note;
    /// A union has a new arm.
    UnionArmAdded "union-arm-added" Additive Additive;
    /// A union lost an arm.
    UnionArmRemoved "union-arm-removed" Breaking Note;
    /// A type has nothing in common with the one that stood there.
    TypeChanged "type-changed" Breaking Breaking;
    /// A type allows more than before.
    TypeWidened "type-widened" Additive Breaking;
    /// A type allows less than before.
    TypeNarrowed "type-narrowed" Breaking Note;
    /// Numbers, lengths or counts have a wider range.
    RangeWidened "range-widened" Additive Breaking;
    /// Numbers, lengths or counts have a narrower range.
    RangeNarrowed "range-narrowed" Breaking Note;
    /// Undeclared fields are allowed.
    AdditionalPropertiesOpened "additional-properties-opened" Additive Additive;
    /// Undeclared fields are refused.
    AdditionalPropertiesClosed "additional-properties-closed" Breaking Note;
    /// The default of a field is another.
    DefaultChanged "default-changed" Note Note;
}
