// Generated from the protocol crate; do not edit.

import type { ServerNotification } from "./ServerNotification";

/**
 * A notification of the server as it stands on the wire.
 */
export type ServerNotificationEnvelope = {
  /**
   * When the server emitted the notification, in milliseconds since the Unix epoch. The same for every connection.
   */
  emittedAtMs?: number,
} & ServerNotification;
