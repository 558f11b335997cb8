// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * A record that a client stored with a thread; it is kept on its own, not in the history.
 */
export type ThreadAttachment = {
  /**
   * Id of the attachment.
   */
  id: string,
  /**
   * The kind of attachment, as the client named it.
   */
  attachmentType: string,
  /**
   * Key that tells it from others of its type on the thread.
   */
  identityKey: string,
  /**
   * The content, any JSON value; the client decides its form.
   */
  payload: JsonValue,
  /**
   * When it was created, in Unix seconds.
   */
  createdAt: number,
};
