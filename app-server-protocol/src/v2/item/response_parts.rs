//! Parts of the model's items: content, outputs, actions, and where media come from.
//!
//! Spelling is the Responses API's (snake_case).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value as JsonValue};

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
        /// The text.
        text: String,
        /// The API's notes on the text, such as citations, unchanged; absent when there are none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        annotations: Option<Vec<JsonValue>>,
        /// Probabilities of the tokens, unchanged; absent unless asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logprobs: Option<Vec<JsonValue>>,
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub struct InternalChatMessageMetadataPassthrough {
    /// The turn the item belongs to; absent when unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
    /// When the item was made; in no schema, but kept and sent back as it came.
    #[schemars(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<Number>,
}

/// What a shell call does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum LocalShellAction {
    /// Runs a program.
    Exec(LocalShellExecAction),
}

/// The program that a shell call runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct LocalShellExecAction {
    /// Program and arguments, one entry each; no shell takes part.
    pub command: Vec<String>,
    /// Longest time it may run, in milliseconds; absent for the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// Folder to run in; absent for the thread's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_directory: Option<String>,
    /// Variables to set; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<BTreeMap<String, String>>,
    /// User to run as; absent for the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
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
#[serde(tag = "type", rename_all = "snake_case", expecting = "internally tagged enum WebSearchAction")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum ResponsesApiWebSearchAction {
    /// Looked something up.
    Search {
        /// The query; absent when there are several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        query: Option<String>,
        /// All queries; absent when there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        queries: Option<Vec<String>>,
    },
    /// Opened a page.
    OpenPage {
        /// Its address; absent when not told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// Looked for text in an opened page.
    FindInPage {
        /// The text; absent when not told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
        /// The page; absent when not told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// Something else.
    #[serde(other)]
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
#[serde(untagged, expecting = "data did not match any variant of untagged enum ImageReference")]
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
#[serde(untagged, expecting = "data did not match any variant of untagged enum AudioReference")]
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

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::{from_value, json, to_value};

    use super::*;

    fn refusal<T: DeserializeOwned + std::fmt::Debug>(value: JsonValue) -> String {
        from_value::<T>(value).unwrap_err().to_string()
    }

    #[test]
    fn searches_of_unknown_kinds_are_others() {
        for value in [json!({ "type": "anything", "x": 1 }), json!({ "type": "other" })] {
            let action: ResponsesApiWebSearchAction = from_value(value).unwrap();
            assert_eq!(action, ResponsesApiWebSearchAction::Other);
            assert_eq!(to_value(action).unwrap(), json!({ "type": "other" }));
        }
        let search = ResponsesApiWebSearchAction::Search { query: Some("q".to_owned()), queries: None };
        assert_eq!(from_value::<ResponsesApiWebSearchAction>(json!(["search", "q"])).unwrap(), search);
        let text = "invalid type: string \"x\", expected internally tagged enum WebSearchAction";
        assert_eq!(refusal::<ResponsesApiWebSearchAction>(json!("x")), text);
    }

    #[test]
    fn notes_keep_the_time_and_lose_what_is_unknown() {
        let notes: InternalChatMessageMetadataPassthrough =
            from_value(json!({ "turn_id": "t", "create_time": 1.5, "x": 1 })).unwrap();
        assert_eq!(to_value(&notes).unwrap(), json!({ "turn_id": "t", "create_time": 1.5 }));
        assert_eq!(from_value::<InternalChatMessageMetadataPassthrough>(json!([])).unwrap(), Default::default());
        let text = "invalid type: string \"x\", expected a JSON number";
        assert_eq!(refusal::<InternalChatMessageMetadataPassthrough>(json!({ "create_time": "x" })), text);
    }

    #[test]
    fn media_and_shell_calls_are_refused_with_the_texts_of_the_reference() {
        let text = "data did not match any variant of untagged enum ImageReference";
        assert_eq!(refusal::<ContentItem>(json!({ "type": "input_image" })), text);
        let text = "data did not match any variant of untagged enum AudioReference";
        assert_eq!(refusal::<ContentItem>(json!({ "type": "input_audio" })), text);
        let text = "invalid length 0, expected struct LocalShellExecAction with 5 elements";
        assert_eq!(refusal::<LocalShellAction>(json!(["exec"])), text);
    }

    #[test]
    fn output_text_may_end_after_the_text() {
        let part = ContentItem::OutputText { text: "t".to_owned(), annotations: None, logprobs: None };
        assert_eq!(from_value::<ContentItem>(json!(["output_text", "t"])).unwrap(), part);
    }
}
