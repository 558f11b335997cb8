// Generated from the protocol crate; do not edit.

/**
 * A notification of a client.
 */
export type ClientNotification =
  /**
   * The client has read the answer to `initialize`. Clients may leave it out.
   */
  {
    method: "initialized",
  };
