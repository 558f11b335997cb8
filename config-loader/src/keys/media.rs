//! `[audio]`, `[realtime]`: spoken conversations.

use std::num::NonZeroU16;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[audio]`: audio devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RealtimeAudioToml {
    /// Channels of the microphone that are used, from 1.
    pub microphone_channel: Option<MicrophoneChannels>,
    /// Name of the microphone.
    pub microphone: Option<String>,
    /// Name of the speaker.
    pub speaker: Option<String>,
}

/// One channel or several; the shape is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MicrophoneChannels {
    /// One.
    One(NonZeroU16),
    /// Several.
    Many(Vec<NonZeroU16>),
}

/// `[realtime]`: realtime conversations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RealtimeToml {
    /// Version of the protocol.
    pub version: Option<RealtimeVersion>,
    /// Kind of the session.
    #[serde(rename = "type")]
    pub kind: Option<RealtimeKind>,
    /// How the audio travels.
    pub transport: Option<RealtimeTransport>,
    /// The voice.
    pub voice: Option<RealtimeVoice>,
}

/// Version of the realtime protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RealtimeVersion {
    /// The first.
    V1,
    /// The second.
    V2,
    /// The third.
    V3,
}

/// Kind of a realtime session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RealtimeKind {
    /// The model answers.
    Conversational,
    /// The model writes down what it hears.
    Transcription,
}

/// How the audio of a realtime session travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RealtimeTransport {
    /// Over WebRTC.
    Webrtc,
    /// Over a websocket.
    Websocket,
}

/// Declares the voices, which need no more words than their names.
macro_rules! voices {
    ($($voice:ident)*) => {
        /// A voice of realtime conversations.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "lowercase")]
        #[allow(missing_docs, reason = "the names say all")]
        pub enum RealtimeVoice { $($voice,)* }
    };
}

voices! {
    Alloy Arbor Ash Aube Ballad Breeze Bubbie Cedar Coral Cove Echo Ember Haetsal Hanul Himari Juniper Leher Maple Marin
    Miko Neer Porto Rindo Rio Rivage Sage Selva Shimmer Sol Sonna Spruce Tinta Vale Verse Viola
}
