//! Parts of the model's items: content, outputs, actions, and where media come from.
//!
//! Spelling is the Responses API's (snake_case).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::*;
use crate::v2::*;

/// A part of a message between agents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum AgentMessageInputContent {
    /// Text.
    InputText {
        /// The text.
        text: String,
    },
    /// Content only the provider can read.
    EncryptedContent {
        /// The content as it came.
        encrypted_content: String,
    },
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum ContentItem {
    /// Text given to the model.
    InputText {
        /// The text.
        text: String,
    },
    /// An image given to the model.
    InputImage {
        /// Where the image is.
        #[serde(flatten)]
        source: ImageSource,
        /// How closely to look; absent leaves it to the provider.
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<ImageDetail>,
    },
    /// A recording given to the model.
    InputAudio {
        /// Where the recording is.
        #[serde(flatten)]
        source: AudioSource,
    },
    /// Text the model wrote.
    OutputText {
        /// The API's notes on the text, such as citations, unchanged; absent when there are none.
        #[serde(skip_serializing_if = "Option::is_none")]
        annotations: Option<Vec<JsonValue>>,
        /// Probabilities of the tokens, unchanged; absent unless asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        logprobs: Option<Vec<JsonValue>>,
        /// The text.
        text: String,
    },
}

/// What a tool hands back to the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("x-root" = true))]
pub enum FunctionCallOutputBody {
    /// Plain text.
    Text(String),
    /// Several parts, where text does not do.
    Items(Vec<FunctionCallOutputContentItem>),
}

/// A part of a tool's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum FunctionCallOutputContentItem {
    /// Text.
    InputText {
        /// The text.
        text: String,
    },
    /// An image.
    InputImage {
        /// Where the image is.
        #[serde(flatten)]
        source: ImageSource,
        /// How closely to look; absent leaves it to the provider.
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<ImageDetail>,
    },
    /// A recording.
    InputAudio {
        /// Where the recording is.
        #[serde(flatten)]
        source: AudioSource,
    },
    /// Content only the provider can read.
    EncryptedContent {
        /// The content as it came.
        encrypted_content: String,
    },
}

/// Notes that travel with an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub struct InternalChatMessageMetadataPassthrough {
    /// The turn the item belongs to; absent when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
}

/// What a shell call does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum LocalShellAction {
    /// Runs a program.
    Exec {
        /// Program and arguments, one entry each; no shell takes part.
        command: Vec<String>,
        /// Variables to set; absent for none.
        #[serde(skip_serializing_if = "Option::is_none")]
        env: Option<BTreeMap<String, String>>,
        /// Longest time it may run, in milliseconds; absent for the default.
        #[serde(skip_serializing_if = "Option::is_none")]
        timeout_ms: Option<u64>,
        /// User to run as; absent for the server's own.
        #[serde(skip_serializing_if = "Option::is_none")]
        user: Option<String>,
        /// Folder to run in; absent for the thread's.
        #[serde(skip_serializing_if = "Option::is_none")]
        working_directory: Option<String>,
    },
}

/// How far a shell call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum LocalShellStatus {
    /// The model finished writing it.
    Completed,
    /// The model still writes it.
    InProgress,
    /// It was cut off.
    Incomplete,
}

/// A part of raw reasoning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum ReasoningItemContent {
    /// Raw reasoning.
    ReasoningText {
        /// The text.
        text: String,
    },
    /// The same, as some providers name it.
    Text {
        /// The text.
        text: String,
    },
}

/// A part of a summary of reasoning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum ReasoningItemReasoningSummary {
    /// Text.
    SummaryText {
        /// The text.
        text: String,
    },
}

/// What a search did, in the API's form; `WebSearchAction` is the form of thread items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum ResponsesApiWebSearchAction {
    /// Looked something up.
    Search {
        /// All queries; absent when there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        queries: Option<Vec<String>>,
        /// The query; absent when there are several.
        #[serde(skip_serializing_if = "Option::is_none")]
        query: Option<String>,
    },
    /// Opened a page.
    OpenPage {
        /// Its address; absent when not told.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// Looked for text in an opened page.
    FindInPage {
        /// The text; absent when not told.
        #[serde(skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// The page; absent when not told.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// Something else.
    Other,
}

/// Settings of reasoning that change within a history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct ConfigurationReasoning {
    /// The effort from there on.
    pub effort: ReasoningEffort,
}

/// Where an image is. Exactly one of the two is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ImageSource {
    /// It is fetched or carried along.
    Url {
        /// Its address or a `data:` URL.
        image_url: String,
    },
    /// It lies in the provider's store.
    File {
        /// Its id there.
        file_id: String,
    },
}

/// Where a recording is. Exactly one of the two is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AudioSource {
    /// It is fetched or carried along.
    Url {
        /// Its address or a `data:` URL.
        audio_url: String,
    },
    /// It lies in the provider's store.
    File {
        /// Its id there.
        file_id: String,
    },
}
