// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Params of `thread/attachment/add`.
 */
export type ThreadAttachmentAddParams = {
  /**
   * The thread to store it with.
   */
  threadId: string,
  /**
   * The kind of attachment, a name of the client's choice.
   */
  attachmentType: string,
  /**
   * Key that tells it from others of its type; with the type it decides whether there is one already.
   */
  identityKey: string,
  /**
   * The content, any JSON value.
   */
  payload: JsonValue,
};
