// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * `turn/moderationMetadata`: metadata about the moderation of a turn.
 */
export type TurnModerationMetadataNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn it is about.
   */
  turnId: string,
  /**
   * The metadata; any JSON value, null included.
   */
  metadata: JsonValue,
};
