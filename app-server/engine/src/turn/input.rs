//! What a user says, as parts of a message to the model.

use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codex_app_server_protocol::v2::{ImageDetail, ImageReference, UserInput};
use serde_json::{Value, json};

/// The largest image file that is sent along.
const MOST_IMAGE_BYTES: u64 = 20 << 20;

/// The parts of a message, with the kinds that the rollout notes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parts {
    pub(crate) content: Vec<Value>,
    pub(crate) kinds: Vec<String>,
    /// Whether it is more than text.
    pub(crate) has_media: bool,
}

impl Parts {
    /// Reads what is said; local images are read from disk. Paths are relative to `cwd`.
    pub(crate) async fn new(input: &[UserInput], cwd: &Path, takes_images: bool) -> Self {
        let mut parts = Self::default();
        let mut local_images = 0;
        for input in input {
            match input {
                UserInput::Text { text, .. } => parts.text(text.clone(), "user.text"),
                UserInput::Image { source, detail } => {
                    parts.has_media = true;
                    if !takes_images {
                        parts.omitted("an image was left out: the model takes text only");
                        continue;
                    }
                    parts.image(source, *detail);
                }
                UserInput::LocalImage { path, detail } => {
                    parts.has_media = true;
                    local_images += 1;
                    if !takes_images {
                        parts.omitted(&format!("the image {path} was left out: the model takes text only"));
                        continue;
                    }
                    parts.local_image(cwd, path, local_images, *detail).await;
                }
                UserInput::Audio { .. } | UserInput::LocalAudio { .. } => {
                    parts.has_media = true;
                    parts.omitted("audio was left out: the model takes text and images only");
                }
                // They say which thing the text means; the text says it too.
                UserInput::Skill { .. } | UserInput::Mention { .. } => {}
            }
        }
        parts
    }

    fn text(&mut self, text: String, kind: &str) {
        self.content.push(json!({ "type": "input_text", "text": text }));
        self.kinds.push(kind.to_owned());
    }

    fn omitted(&mut self, why: &str) {
        self.text(why.to_owned(), "images.preparation_error");
    }

    fn image(&mut self, source: &ImageReference, detail: Option<ImageDetail>) {
        let Some(detail) = detail_name(detail, "original") else {
            return self
                .omitted("an image was left out: the detail `low` is not supported; use high, original or auto");
        };
        self.content.push(match source {
            ImageReference::Url { url } => json!({ "type": "input_image", "image_url": url, "detail": detail }),
            ImageReference::File { file_id } => json!({ "type": "input_image", "file_id": file_id, "detail": detail }),
        });
        self.kinds.push("user.image".to_owned());
    }

    async fn local_image(&mut self, cwd: &Path, path: &str, number: usize, detail: Option<ImageDetail>) {
        let file = cwd.join(path);
        let read = tokio::task::spawn_blocking(move || read_image(&file)).await;
        let read = read.unwrap_or_else(|_| Err(ImageProblem::Unreadable("it could not be read".to_owned())));
        let (Ok(url), Some(detail)) = (&read, detail_name(detail, "high")) else {
            let why = read.map_or_else(|why| why.to_string(), |_| "the detail `low` is not supported".to_owned());
            return self.omitted(&format!("the image {path} was left out: {why}"));
        };
        let quoted = path.replace('"', "&quot;");
        self.text(format!("<image name=[Image #{number}] path=\"{quoted}\">"), "user.text");
        self.content.push(json!({ "type": "input_image", "image_url": url, "detail": detail }));
        self.kinds.push("user.image".to_owned());
        self.text("</image>".to_owned(), "user.text");
    }
}

fn detail_name(detail: Option<ImageDetail>, default: &'static str) -> Option<&'static str> {
    match detail {
        None => Some(default),
        Some(ImageDetail::Auto) => Some("auto"),
        Some(ImageDetail::High) => Some("high"),
        Some(ImageDetail::Original) => Some("original"),
        Some(ImageDetail::Low) => None,
    }
}

/// Why a file cannot be shown to a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ImageProblem {
    #[error("{0}")]
    Unreadable(String),
    #[error("it is no file")]
    NoFile,
    #[error("it is no PNG, JPEG, GIF or WebP image")]
    NoImage,
    #[error("it is larger than {} MiB", MOST_IMAGE_BYTES >> 20)]
    TooLarge,
}

impl From<std::io::Error> for ImageProblem {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// A file as a data URL. Waits for the disk.
pub(crate) fn read_image(path: &Path) -> Result<String, ImageProblem> {
    // Opening some things that are no files would wait for ever.
    if !std::fs::metadata(path)?.is_file() {
        return Err(ImageProblem::NoFile);
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MOST_IMAGE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_IMAGE_BYTES {
        return Err(ImageProblem::TooLarge);
    }
    let kind = image_kind(&bytes).ok_or(ImageProblem::NoImage)?;
    Ok(format!("data:image/{kind};base64,{}", STANDARD.encode(&bytes)))
}

/// Whether a model can be shown what is at a URL; of what is elsewhere that is not known.
pub(crate) fn shows_an_image(url: &str) -> bool {
    let Some(data) = url.strip_prefix("data:") else { return true };
    let encoded = data.split_once(";base64,").map(|(_, encoded)| encoded);
    encoded.and_then(|encoded| STANDARD.decode(encoded).ok()).is_some_and(|bytes| image_kind(&bytes).is_some())
}

fn image_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

/// The text of a message, as thread lists show it.
pub(crate) fn preview(input: &[UserInput]) -> String {
    let texts = input.iter().filter_map(|input| match input {
        UserInput::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(path: &str) -> UserInput {
        UserInput::LocalImage { detail: None, path: path.to_owned() }
    }

    fn text(text: &str) -> UserInput {
        UserInput::Text { text: text.to_owned(), text_elements: Vec::new() }
    }

    #[tokio::test]
    async fn images_come_with_their_tags_and_unreadable_ones_are_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.png"), b"\x89PNG rest").unwrap();
        std::fs::write(folder.path().join("a.txt"), b"text").unwrap();
        let input = [local("a.png"), local("none.png"), local("a.txt"), local("."), text("look")];
        let parts = Parts::new(&input, folder.path(), true).await;
        assert_eq!(parts.content.len(), 7);
        assert_eq!(parts.kinds.len(), 7);
        assert_eq!(parts.content[0]["text"], "<image name=[Image #1] path=\"a.png\">");
        assert!(parts.content[1]["image_url"].as_str().unwrap().starts_with("data:image/png;base64,iVBORyByZXN0"));
        assert_eq!(parts.content[2]["text"], "</image>");
        assert!(parts.content[3]["text"].as_str().unwrap().contains("none.png"));
        assert!(parts.content[4]["text"].as_str().unwrap().contains("no PNG"));
        assert_eq!(parts.content[6]["text"], "look");
        assert!(parts.has_media);
    }

    #[tokio::test]
    async fn what_the_model_cannot_take_is_said() {
        let image = |detail| UserInput::Image { source: ImageReference::Url { url: "data:x".to_owned() }, detail };
        let input = [image(None), image(Some(ImageDetail::Low))];
        let parts = Parts::new(&input, Path::new("/"), true).await;
        assert_eq!(parts.content[0]["detail"], "original");
        assert!(parts.content[1]["text"].as_str().unwrap().contains("low"));
        let parts = Parts::new(&input[..1], Path::new("/"), false).await;
        assert!(parts.content[0]["text"].as_str().unwrap().contains("text only"));
    }

    #[test]
    fn a_preview_joins_the_texts() {
        assert_eq!(preview(&[text("a"), local("x"), text("b")]), "ab");
    }
}
