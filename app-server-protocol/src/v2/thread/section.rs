//! Sections by which the user groups threads, and the place of a thread within one. Sections are stored on their own,
//! so a section can be empty; the server keeps the order of threads in them. A thread is in one section or in none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{ThreadSection, ThreadSectionAppearance};

/// `thread/section/changed`: a thread was moved by `thread/section/move`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSectionChangedNotification {
    /// The thread that was moved.
    pub thread_id: String,
    /// The section it is in now; null for none.
    #[schemars(extend("x-required" = true))]
    #[serde(deserialize_with = "Option::deserialize")]
    pub section_id: Option<String>,
}

/// Params of `threadSection/create`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSectionCreateParams {
    /// Name for people.
    pub name: String,
    /// How clients draw it; absent or null for the usual way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<ThreadSectionAppearance>,
}

/// Result of `threadSection/create`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSectionCreateResponse {
    /// The new section, with the id the server gave it.
    pub section: ThreadSection,
}

/// Params of `threadSection/delete`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSectionDeleteParams {
    /// The section to delete.
    pub section_id: String,
}

/// Result of `threadSection/delete`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSectionDeleteResponse {}

/// Params of `threadSection/list`: which page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSectionListParams {
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Sections per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `threadSection/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSectionListResponse {
    /// The sections of this page.
    pub data: Vec<ThreadSection>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `thread/section/move`: which thread, and where to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSectionMoveParams {
    /// The thread to move.
    pub thread_id: String,
    /// The section it goes to, its present one included; null takes it out of its section.
    #[schemars(extend("x-required" = true))]
    #[serde(deserialize_with = "Option::deserialize")]
    pub section_id: Option<String>,
    /// Thread of that section to put it in front of; absent or null: at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_thread_id: Option<String>,
}

/// Result of `thread/section/move`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSectionMoveResponse {}

/// Params of `threadSection/update`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadSectionUpdateParams {
    /// The section to change.
    pub section_id: String,
    /// Its name from now on; always needed, so repeat the old one to keep it.
    pub name: String,
    /// How clients draw it. Three states: absent keeps what it has, null goes back to the usual way, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub appearance: Option<Option<ThreadSectionAppearance>>,
}

/// Result of `threadSection/update`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadSectionUpdateResponse {
    /// The section after the change.
    pub section: ThreadSection,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_appearance_may_be_missing_at_the_end_of_an_array() {
        let params: ThreadSectionCreateParams = serde_json::from_str(r#"["x"]"#).unwrap();
        assert_eq!(params, ThreadSectionCreateParams { name: "x".to_owned(), appearance: None });
    }
}
