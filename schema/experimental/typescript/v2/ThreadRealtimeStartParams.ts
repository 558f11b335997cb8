// Generated from the protocol crate; do not edit.

import type { CodexResponseHandoffMode } from "../CodexResponseHandoffMode";
import type { RealtimeConversationVersion } from "../RealtimeConversationVersion";
import type { RealtimeOutputModality } from "../RealtimeOutputModality";
import type { RealtimeVoice } from "../RealtimeVoice";
import type { ThreadRealtimeInitialItem } from "./ThreadRealtimeInitialItem";
import type { ThreadRealtimeStartTransport } from "./ThreadRealtimeStartTransport";

/**
 * Params of `thread/realtime/start`.
 */
export type ThreadRealtimeStartParams = {
  /**
   * The thread to talk with.
   */
  threadId: string,
  /**
   * The client itself hands answers of the thread's model to the session, by the append methods; the server forwards
   * none. Default false.
   */
  clientManagedHandoffs?: boolean | null,
  /**
   * Whether a session of version 3 says a few words when it hands work on; absent or null leaves it to the realtime
   * service.
   */
  delegationAckFiller?: boolean | null,
  /**
   * Passes what is left of the transcript when the session ends to the model of the thread. Default false.
   */
  flushTranscriptTailOnSessionEnd?: boolean | null,
  /**
   * Answers of the thread's model enter the session as conversation items of their own; absent, null or false: as
   * appends to a handoff.
   */
  codexResponsesAsItems?: boolean | null,
  /**
   * Text put before each such item; only where `codexResponsesAsItems` is true. Absent or null: none.
   */
  codexResponseItemPrefix?: string | null,
  /**
   * How answers of the thread's model reach a session of version 3; versions 1 and 2 take no notice. Absent or null
   * means `thinking`.
   */
  codexResponseHandoffMode?: CodexResponseHandoffMode | null,
  /**
   * Passes public summaries of the reasoning on to a session of version 3 while work is handed on, as context that
   * is not spoken. Default false.
   */
  backendReasoningStatus?: boolean,
  /**
   * Prefixes of the BEM channels, by channel: `analysis`, `commentary` or `final`. A channel that is left out keeps
   * its own, which is its name in capitals and brackets.
   */
  codexResponseHandoffChannelPrefixes?: { [key in string]?: Array<string> } | null,
  /**
   * Slug of the realtime model, for this session alone; absent or null: the configured one.
   */
  model?: string | null,
  /**
   * Whether the model answers in text or in speech; says nothing about transport and voice.
   */
  outputModality: RealtimeOutputModality,
  /**
   * Whether the session begins with the context that the server gathers. Absent or null means true.
   */
  includeStartupContext?: boolean | null,
  /**
   * Texts that the session begins with, only for version 3. At most 128, and together at most 8192 tokens as the
   * server estimates them. Absent or null: none.
   */
  initialItems?: Array<ThreadRealtimeInitialItem> | null,
  /**
   * Developer message for the model of the thread when the session starts; absent or null: the configured one, if
   * any.
   */
  realtimeStartInstructions?: string | null,
  /**
   * Developer message for the model of the thread when the session ends.
   */
  realtimeEndInstructions?: string | null,
  /**
   * Instructions for the realtime model. Three states: absent takes those of the server, null gives none, a text
   * sets them.
   */
  prompt?: string | null,
  /**
   * Id that the realtime session is to have; absent or null: the client gives none.
   */
  realtimeSessionId?: string | null,
  /**
   * Id that the client made for the voice session as its user sees it; not the same as `realtimeSessionId`.
   */
  voiceSessionId?: string | null,
  /**
   * How the session is connected; absent or null leaves it to the server.
   */
  transport?: ThreadRealtimeStartTransport | null,
  /**
   * Version of the realtime protocol, for this session alone; absent or null: the configured one, else `v2`.
   */
  version?: RealtimeConversationVersion | null,
  /**
   * Voice of the model; absent or null leaves it to the configuration, else to the default of the version.
   */
  voice?: RealtimeVoice | null,
};
