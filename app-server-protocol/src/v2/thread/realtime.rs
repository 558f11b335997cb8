//! Talking with a thread: a realtime session with a speech model beside the thread, which hands work to the model of
//! the thread. What is said comes as notifications, both as flat transcript and as items of the timeline. The whole
//! domain is experimental.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::ThreadRealtimeItem;

/// How answers of the thread's model reach a realtime session of version 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum CodexResponseHandoffMode {
    /// As thinking, which is the default.
    Thinking,
    /// As commentary.
    Commentary,
    /// Marked by the tags of BEM channels.
    BemTags,
}

/// In whose name a text enters a realtime session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ConversationTextRole {
    /// The user's.
    #[default]
    User,
    /// The developer's.
    Developer,
    /// The assistant's.
    Assistant,
}

/// Version of the realtime protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum RealtimeConversationVersion {
    /// Version 1.
    V1,
    /// Version 2, the default.
    V2,
    /// Version 3, also called Frameless Bidi.
    V3,
}

/// What a realtime model puts out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum RealtimeOutputModality {
    /// Text alone.
    Text,
    /// Speech.
    Audio,
}

/// A voice of the realtime model; which ones go with which version tells `thread/realtime/listVoices`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum RealtimeVoice {
    /// The voice `alloy`.
    Alloy,
    /// The voice `arbor`.
    Arbor,
    /// The voice `ash`.
    Ash,
    /// The voice `aube`.
    Aube,
    /// The voice `ballad`.
    Ballad,
    /// The voice `breeze`.
    Breeze,
    /// The voice `bubbie`.
    Bubbie,
    /// The voice `cedar`.
    Cedar,
    /// The voice `coral`.
    Coral,
    /// The voice `cove`.
    Cove,
    /// The voice `echo`.
    Echo,
    /// The voice `ember`.
    Ember,
    /// The voice `haetsal`.
    Haetsal,
    /// The voice `hanul`.
    Hanul,
    /// The voice `himari`.
    Himari,
    /// The voice `juniper`.
    Juniper,
    /// The voice `leher`.
    Leher,
    /// The voice `maple`.
    Maple,
    /// The voice `marin`.
    Marin,
    /// The voice `miko`.
    Miko,
    /// The voice `neer`.
    Neer,
    /// The voice `porto`.
    Porto,
    /// The voice `rindo`.
    Rindo,
    /// The voice `rio`.
    Rio,
    /// The voice `rivage`.
    Rivage,
    /// The voice `sage`.
    Sage,
    /// The voice `selva`.
    Selva,
    /// The voice `shimmer`.
    Shimmer,
    /// The voice `sol`.
    Sol,
    /// The voice `sonna`.
    Sonna,
    /// The voice `spruce`.
    Spruce,
    /// The voice `tinta`.
    Tinta,
    /// The voice `vale`.
    Vale,
    /// The voice `verse`.
    Verse,
    /// The voice `viola`.
    Viola,
}

/// The voices, by version of the realtime protocol.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct RealtimeVoicesList {
    /// Voices of version 1.
    pub v1: Vec<RealtimeVoice>,
    /// Voices of version 2.
    pub v2: Vec<RealtimeVoice>,
    /// Voices of version 3. Default none.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub v3: Vec<RealtimeVoice>,
    /// The voice of version 1 when none is chosen.
    pub default_v1: RealtimeVoice,
    /// The voice of version 2 when none is chosen.
    pub default_v2: RealtimeVoice,
}

/// Params of `thread/realtime/appendAudio`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeAppendAudioParams {
    /// The thread whose session it goes to.
    pub thread_id: String,
    /// The next piece of what the user says.
    pub audio: ThreadRealtimeAudioChunk,
}

/// Result of `thread/realtime/appendAudio`; it has no fields: an answer means that it was taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeAppendAudioResponse {}

/// Params of `thread/realtime/appendSpeech`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeAppendSpeechParams {
    /// The thread whose session it goes to.
    pub thread_id: String,
    /// What is to be spoken.
    pub text: String,
}

/// Result of `thread/realtime/appendSpeech`; it has no fields: an answer means that it was taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeAppendSpeechResponse {}

/// Params of `thread/realtime/appendText`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeAppendTextParams {
    /// The thread whose session it goes to.
    pub thread_id: String,
    /// The text to add to the conversation.
    pub text: String,
    /// In whose name it is said. Default `user`.
    #[serde(default)]
    pub role: ConversationTextRole,
}

/// Result of `thread/realtime/appendText`; it has no fields: an answer means that it was taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeAppendTextResponse {}

/// A piece of audio, going in or coming out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeAudioChunk {
    /// The samples, in Base64.
    pub data: String,
    /// Samples per second and channel, in hertz.
    pub sample_rate: u32,
    /// Number of channels; 1 is mono.
    pub num_channels: u16,
    /// Number of samples in each channel; absent or null when not told.
    pub samples_per_channel: Option<u32>,
    /// The item of the session that the audio belongs to; absent or null when not told.
    pub item_id: Option<String>,
}

/// `thread/realtime/closed`: a realtime session has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeClosedNotification {
    /// The thread whose session ended.
    pub thread_id: String,
    /// Why, such as `requested` after a stop or `error`; null when unknown.
    pub reason: Option<String>,
}

/// `thread/realtime/error`: a realtime session has failed, or could not be started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeErrorNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// What happened, for people.
    pub message: String,
}

/// A text that a session of version 3 begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeInitialItem {
    /// In whose name it is said.
    pub role: ConversationTextRole,
    /// The whole text.
    pub text: String,
}

/// `thread/realtime/itemAdded`: something other than audio came from the realtime service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeItemAddedNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// What came, unchanged.
    pub item: JsonValue,
}

/// `thread/realtime/item/completed`: an item of the timeline is complete and stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeItemCompletedNotification {
    /// The thread whose timeline it is.
    pub thread_id: String,
    /// The whole item.
    pub item: ThreadRealtimeItem,
}

/// `thread/realtime/item/started`: an item of the timeline has begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeItemStartedNotification {
    /// The thread whose timeline it is.
    pub thread_id: String,
    /// The item as it begins, before its text.
    pub item: ThreadRealtimeItem,
}

/// `thread/realtime/item/transcript/delta`: more text of a transcript item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeItemTranscriptDeltaNotification {
    /// The thread whose timeline it is.
    pub thread_id: String,
    /// The transcript item that grows.
    pub item_id: String,
    /// Text to put at its end.
    pub delta: String,
}

/// Params of `thread/realtime/listVoices`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeListVoicesParams {}

/// Result of `thread/realtime/listVoices`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeListVoicesResponse {
    /// The voices of all versions, with the defaults.
    pub voices: RealtimeVoicesList,
}

/// `thread/realtime/outputAudio/delta`: more of what the realtime model says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeOutputAudioDeltaNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// The next piece to play.
    pub audio: ThreadRealtimeAudioChunk,
}

/// `thread/realtime/sdp`: the remote side of a WebRTC session has answered the offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeSdpNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// SDP answer, for the peer connection of the client.
    pub sdp: String,
}

/// Params of `thread/realtime/start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeStartParams {
    /// The thread to talk with.
    pub thread_id: String,
    /// The client itself hands answers of the thread's model to the session, by the append methods; the server forwards
    /// none. Default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_managed_handoffs: Option<bool>,
    /// Whether a session of version 3 says a few words when it hands work on; absent or null leaves it to the realtime
    /// service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegation_ack_filler: Option<bool>,
    /// Passes what is left of the transcript when the session ends to the model of the thread. Default false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flush_transcript_tail_on_session_end: Option<bool>,
    /// Answers of the thread's model enter the session as conversation items of their own; absent, null or false: as
    /// appends to a handoff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codex_responses_as_items: Option<bool>,
    /// Text put before each such item; only where `codexResponsesAsItems` is true. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codex_response_item_prefix: Option<String>,
    /// How answers of the thread's model reach a session of version 3; versions 1 and 2 take no notice. Absent or null
    /// means `thinking`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codex_response_handoff_mode: Option<CodexResponseHandoffMode>,
    /// Passes public summaries of the reasoning on to a session of version 3 while work is handed on, as context that
    /// is not spoken. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub backend_reasoning_status: bool,
    /// Prefixes of the BEM channels, by channel: `analysis`, `commentary` or `final`. A channel that is left out keeps
    /// its own, which is its name in capitals and brackets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codex_response_handoff_channel_prefixes: Option<BTreeMap<String, Vec<String>>>,
    /// Slug of the realtime model, for this session alone; absent or null: the configured one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether the model answers in text or in speech; says nothing about transport and voice.
    pub output_modality: RealtimeOutputModality,
    /// Whether the session begins with the context that the server gathers. Absent or null means true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_startup_context: Option<bool>,
    /// Texts that the session begins with, only for version 3. At most 128, and together at most 8192 tokens as the
    /// server estimates them. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_items: Option<Vec<ThreadRealtimeInitialItem>>,
    /// Developer message for the model of the thread when the session starts; absent or null: the configured one, if
    /// any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realtime_start_instructions: Option<String>,
    /// Developer message for the model of the thread when the session ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realtime_end_instructions: Option<String>,
    /// Instructions for the realtime model. Three states: absent takes those of the server, null gives none, a text
    /// sets them.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub prompt: Option<Option<String>>,
    /// Id that the realtime session is to have; absent or null: the client gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub realtime_session_id: Option<String>,
    /// Id that the client made for the voice session as its user sees it; not the same as `realtimeSessionId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_session_id: Option<String>,
    /// How the session is connected; absent or null leaves it to the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<ThreadRealtimeStartTransport>,
    /// Version of the realtime protocol, for this session alone; absent or null: the configured one, else `v2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<RealtimeConversationVersion>,
    /// Voice of the model; absent or null leaves it to the configuration, else to the default of the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<RealtimeVoice>,
}

/// Result of `thread/realtime/start`; it has no fields: the request was taken, whether the session comes about is told
/// by notifications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeStartResponse {}

/// How a realtime session is connected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ThreadRealtimeStartTransport {
    /// The server talks to the realtime service over a WebSocket; audio passes through this protocol.
    Websocket,
    /// The client talks to the realtime service over WebRTC; the server brings the two together.
    Webrtc {
        /// SDP offer of the client, made once its peer connection has audio and the data channel for events.
        sdp: String,
    },
    /// The client has set up a call with the realtime service already, and the server joins it.
    ExistingCall {
        /// Id of that call.
        call_id: String,
    },
}

/// `thread/realtime/started`: a realtime session runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeStartedNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// Id of the session; null when it has none.
    pub realtime_session_id: Option<String>,
    /// Version of the realtime protocol it speaks.
    pub version: RealtimeConversationVersion,
}

/// Params of `thread/realtime/stop`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeStopParams {
    /// The thread whose session to end.
    pub thread_id: String,
}

/// Result of `thread/realtime/stop`; it has no fields. `thread/realtime/closed` follows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadRealtimeStopResponse {}

/// `thread/realtime/transcript/delta`: more text of the transcript, without items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeTranscriptDeltaNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// Who speaks, such as `user` or `assistant`.
    pub role: String,
    /// Text to put at the end of what this speaker has said.
    pub delta: String,
}

/// `thread/realtime/transcript/done`: the final text of a part of the transcript.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadRealtimeTranscriptDoneNotification {
    /// The thread whose session it is.
    pub thread_id: String,
    /// Who spoke, such as `user` or `assistant`.
    pub role: String,
    /// The whole text of the part.
    pub text: String,
}
