//! What a user can put into a message.
//!
//! Parts keep their order on the way to the model. Paths are on the server's machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One part of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum UserInput {
    /// Text, which reaches the model word for word.
    Text {
        /// The text.
        text: String,
        /// Spans of the text that the client draws in a special way. Default none.
        #[serde(default, rename = "text_elements")]
        text_elements: Vec<TextElement>,
    },
    /// An image that is fetched, carried along or stored by the provider.
    Image {
        /// Where it is.
        #[serde(flatten)]
        source: ImageReference,
        /// How closely the model looks; absent leaves it to the server.
        #[serde(default)]
        detail: Option<ImageDetail>,
    },
    /// An image file, which the server reads and sends along.
    LocalImage {
        /// How closely the model looks; absent leaves it to the server.
        #[serde(default)]
        detail: Option<ImageDetail>,
        /// The file.
        #[serde(deserialize_with = "crate::path_text")]
        path: String,
    },
    /// A recording that is fetched, carried along or stored by the provider.
    Audio {
        /// Where it is.
        #[serde(flatten)]
        source: AudioReference,
    },
    /// An audio file, which the server reads and sends along.
    LocalAudio {
        /// The file.
        #[serde(deserialize_with = "crate::path_text")]
        path: String,
    },
    /// A skill the user picked.
    Skill {
        /// Its name.
        name: String,
        /// Its `SKILL.md`.
        #[serde(deserialize_with = "crate::path_text")]
        path: String,
    },
    /// Something the user pointed at, such as an app or a plugin.
    Mention {
        /// Its name, for people.
        name: String,
        /// What it stands for, a path or an address of its own kind.
        path: String,
    },
}

/// A span of a text that clients draw in a special way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextElement {
    /// Where it is, in the text beside it.
    pub byte_range: ByteRange,
    /// What to draw in its place; null to draw the text.
    pub placeholder: Option<String>,
}

/// A stretch of a text, in bytes of its UTF-8 form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ByteRange {
    /// First byte, from 0.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// How closely a model looks at an image; more costs more tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ImageDetail {
    /// The provider decides.
    Auto,
    /// Coarsely; the cheapest.
    Low,
    /// Closely.
    High,
    /// At full size.
    Original,
}

/// Where an image is. Exactly one of the two is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ImageReference {
    /// It is fetched or carried along.
    Url {
        /// Its address or a `data:` URL.
        url: String,
    },
    /// It lies in the provider's store.
    File {
        /// Its id there.
        #[serde(rename = "fileId")]
        file_id: String,
    },
}

/// Where a recording is. Exactly one of the two is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum AudioReference {
    /// It is fetched or carried along.
    Url {
        /// Its address or a `data:` URL.
        url: String,
    },
    /// It lies in the provider's store.
    File {
        /// Its id there.
        #[serde(rename = "fileId")]
        file_id: String,
    },
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    #[test]
    fn refusals_are_the_ones_of_the_reference() {
        let refusal = |value: Value| from_value::<UserInput>(value).unwrap_err().to_string();
        for (kind, name) in [("image", "ImageReference"), ("audio", "AudioReference")] {
            let text = format!("data did not match any variant of untagged enum {name}");
            assert_eq!(refusal(json!({ "type": kind })), text);
        }
        for kind in ["localImage", "localAudio", "skill"] {
            let text = refusal(json!({ "type": kind, "name": "n", "path": null }));
            assert_eq!(text, "invalid type: null, expected path string");
        }
        let text = refusal(json!({ "type": "mention", "name": "n", "path": null }));
        assert_eq!(text, "invalid type: null, expected a string");
    }
}
