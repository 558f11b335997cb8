//! The restricted JSON Schema in which an MCP server describes a form, as of MCP 2025-11-25: one flat object whose
//! fields are texts, numbers, yes or no, or choices. Keys that are not listed here are refused, also where that decides
//! which kind of field it is.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The JSON type of a field that takes several choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpElicitationArrayType {
    /// A JSON array.
    Array,
}

/// A yes or no field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpElicitationBooleanSchema {
    /// Always `boolean`.
    pub r#type: McpElicitationBooleanType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Value to begin with; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
}

/// The JSON type of a yes or no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpElicitationBooleanType {
    /// True or false.
    Boolean,
}

/// One choice with a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpElicitationConstOption {
    /// The value that is sent back.
    pub r#const: String,
    /// The label to show for it.
    pub title: String,
}

/// A field with given choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum McpElicitationEnumSchema {
    /// One of them can be chosen.
    SingleSelect(McpElicitationSingleSelectEnumSchema),
    /// Several can be chosen.
    MultiSelect(McpElicitationMultiSelectEnumSchema),
    /// One can be chosen, with labels in the older way, by `enumNames`.
    LegacyTitled(McpElicitationLegacyTitledEnumSchema),
}

/// A choice of one with labels beside the values; the older way, for which `oneOf` is used now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationLegacyTitledEnumSchema {
    /// Always `string`.
    pub r#type: McpElicitationStringType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The values to choose from.
    pub r#enum: Vec<String>,
    /// Labels for the values, in the same order; absent: show the values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enum_names: Option<Vec<String>>,
    /// Value chosen to begin with; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// A field in which several choices can be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum McpElicitationMultiSelectEnumSchema {
    /// The values are shown as they are.
    Untitled(McpElicitationUntitledMultiSelectEnumSchema),
    /// Each value has a label.
    Titled(McpElicitationTitledMultiSelectEnumSchema),
}

/// A field for a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpElicitationNumberSchema {
    /// Whether fractions are allowed.
    pub r#type: McpElicitationNumberType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Least value that is allowed; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// Greatest value that is allowed; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// Value to begin with; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<f64>,
}

/// The JSON type of a field for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpElicitationNumberType {
    /// Any number.
    Number,
    /// A whole number.
    Integer,
}

/// The JSON type of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpElicitationObjectType {
    /// A JSON object.
    Object,
}

/// One field of a form. The kinds are tried in this order, and the first that fits counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum McpElicitationPrimitiveSchema {
    /// A field with given choices.
    Enum(McpElicitationEnumSchema),
    /// A field for text.
    String(McpElicitationStringSchema),
    /// A field for a number.
    Number(McpElicitationNumberSchema),
    /// A yes or no field.
    Boolean(McpElicitationBooleanSchema),
}

/// A whole form: the `requestedSchema` of `elicitation/create` in MCP 2025-11-25.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationSchema {
    /// The dialect of JSON Schema, as a URI; absent when not told.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Always `object`.
    pub r#type: McpElicitationObjectType,
    /// The fields, by the names under which their values are sent back; empty where only a yes is asked for.
    pub properties: IndexMap<String, McpElicitationPrimitiveSchema>,
    /// Names of the fields that must be filled in; absent: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<Vec<String>>,
}

/// A field in which one choice can be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum McpElicitationSingleSelectEnumSchema {
    /// The values are shown as they are.
    Untitled(McpElicitationUntitledSingleSelectEnumSchema),
    /// Each value has a label.
    Titled(McpElicitationTitledSingleSelectEnumSchema),
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum McpElicitationStringFormat {
    /// A mail address.
    Email,
    /// A URI.
    Uri,
    /// A date.
    Date,
    /// A date with a time.
    DateTime,
}

/// A field for text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationStringSchema {
    /// Always `string`.
    pub r#type: McpElicitationStringType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Least length, in characters; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// Greatest length, in characters; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// What the text must look like; absent: anything goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<McpElicitationStringFormat>,
    /// Text to begin with; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// The JSON type of text, and of single choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum McpElicitationStringType {
    /// A JSON string.
    String,
}

/// The choices, with labels, of a field that takes several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationTitledEnumItems {
    /// The choices, in the order to show them.
    pub any_of: Vec<McpElicitationConstOption>,
}

/// A choice of several values with labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationTitledMultiSelectEnumSchema {
    /// Always `array`.
    pub r#type: McpElicitationArrayType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Least number of choices to make; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Greatest number of choices to make; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// What can be chosen.
    pub items: McpElicitationTitledEnumItems,
    /// Values chosen to begin with; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Vec<String>>,
}

/// A choice of one value with labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationTitledSingleSelectEnumSchema {
    /// Always `string`.
    pub r#type: McpElicitationStringType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The choices, in the order to show them.
    pub one_of: Vec<McpElicitationConstOption>,
    /// Value chosen to begin with; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}

/// The choices, without labels, of a field that takes several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpElicitationUntitledEnumItems {
    /// Always `string`.
    pub r#type: McpElicitationStringType,
    /// The values to choose from, in the order to show them.
    pub r#enum: Vec<String>,
}

/// A choice of several values without labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpElicitationUntitledMultiSelectEnumSchema {
    /// Always `array`.
    pub r#type: McpElicitationArrayType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Least number of choices to make; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Greatest number of choices to make; absent: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// What can be chosen.
    pub items: McpElicitationUntitledEnumItems,
    /// Values chosen to begin with; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Vec<String>>,
}

/// A choice of one value without labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct McpElicitationUntitledSingleSelectEnumSchema {
    /// Always `string`.
    pub r#type: McpElicitationStringType,
    /// Label to show; absent: the name of the field will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Explanation to show; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The values to choose from, in the order to show them.
    pub r#enum: Vec<String>,
    /// Value chosen to begin with; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
}
