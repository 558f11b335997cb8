//! What a user sent, as lines spell it.

use codex_app_server_protocol::v2;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum UserInputLine {
    Text {
        text: String,
        #[serde(default)]
        text_elements: Vec<TextElement>,
    },
    Image {
        #[serde(flatten)]
        source: Source,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<v2::ImageDetail>,
    },
    LocalImage {
        path: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<v2::ImageDetail>,
    },
    Audio {
        #[serde(flatten)]
        source: Source,
    },
    LocalAudio {
        path: String,
    },
    Skill {
        name: String,
        path: String,
    },
    Mention {
        name: String,
        path: String,
    },
    #[serde(other)]
    Unknown,
}

/// Where an image or sound is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Source {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audio_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_id: Option<String>,
}

impl Source {
    fn into_image(self) -> Option<v2::ImageReference> {
        match (self.image_url.or(self.audio_url), self.file_id) {
            (Some(url), _) => Some(v2::ImageReference::Url { url }),
            (None, Some(file_id)) => Some(v2::ImageReference::File { file_id }),
            (None, None) => None,
        }
    }

    fn into_audio(self) -> Option<v2::AudioReference> {
        match (self.audio_url.or(self.image_url), self.file_id) {
            (Some(url), _) => Some(v2::AudioReference::Url { url }),
            (None, Some(file_id)) => Some(v2::AudioReference::File { file_id }),
            (None, None) => None,
        }
    }

    fn image(source: &v2::ImageReference) -> Self {
        match source {
            v2::ImageReference::Url { url } => Self { image_url: Some(url.clone()), audio_url: None, file_id: None },
            v2::ImageReference::File { file_id } => Self::file(file_id),
        }
    }

    fn audio(source: &v2::AudioReference) -> Self {
        match source {
            v2::AudioReference::Url { url } => Self { image_url: None, audio_url: Some(url.clone()), file_id: None },
            v2::AudioReference::File { file_id } => Self::file(file_id),
        }
    }

    fn file(file_id: &str) -> Self {
        Self { image_url: None, audio_url: None, file_id: Some(file_id.to_owned()) }
    }
}

/// A span of a text that stands for something else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TextElement {
    byte_range: v2::ByteRange,
    #[serde(default)]
    placeholder: Option<String>,
}

impl From<TextElement> for v2::TextElement {
    fn from(element: TextElement) -> Self {
        Self { byte_range: element.byte_range, placeholder: element.placeholder }
    }
}

/// One input as a line spells it.
pub(super) fn line(input: &v2::UserInput) -> UserInputLine {
    match input {
        v2::UserInput::Text { text, text_elements } => {
            let elements = text_elements.iter().map(|element| TextElement {
                byte_range: element.byte_range.clone(),
                placeholder: element.placeholder.clone(),
            });
            UserInputLine::Text { text: text.clone(), text_elements: elements.collect() }
        }
        v2::UserInput::Image { source, detail } => {
            UserInputLine::Image { source: Source::image(source), detail: *detail }
        }
        v2::UserInput::LocalImage { detail, path } => UserInputLine::LocalImage { path: path.clone(), detail: *detail },
        v2::UserInput::Audio { source } => UserInputLine::Audio { source: Source::audio(source) },
        v2::UserInput::LocalAudio { path } => UserInputLine::LocalAudio { path: path.clone() },
        v2::UserInput::Skill { name, path } => UserInputLine::Skill { name: name.clone(), path: path.clone() },
        v2::UserInput::Mention { name, path } => UserInputLine::Mention { name: name.clone(), path: path.clone() },
    }
}

/// One input as the wire spells it; `None` for what this version does not know.
pub(super) fn wire(input: UserInputLine) -> Option<v2::UserInput> {
    Some(match input {
        UserInputLine::Text { text, text_elements } => {
            v2::UserInput::Text { text, text_elements: text_elements.into_iter().map(Into::into).collect() }
        }
        UserInputLine::Image { source, detail } => v2::UserInput::Image { source: source.into_image()?, detail },
        UserInputLine::LocalImage { path, detail } => v2::UserInput::LocalImage { detail, path },
        UserInputLine::Audio { source } => v2::UserInput::Audio { source: source.into_audio()? },
        UserInputLine::LocalAudio { path } => v2::UserInput::LocalAudio { path },
        UserInputLine::Skill { name, path } => v2::UserInput::Skill { name, path },
        UserInputLine::Mention { name, path } => v2::UserInput::Mention { name, path },
        UserInputLine::Unknown => return None,
    })
}
