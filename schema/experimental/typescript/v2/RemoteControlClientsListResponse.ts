// Generated from the protocol crate; do not edit.

import type { RemoteControlClient } from "./RemoteControlClient";

/**
 * Result of `remoteControl/client/list`: one page.
 */
export type RemoteControlClientsListResponse = {
  /**
   * The devices.
   */
  data: Array<RemoteControlClient>,
  /**
   * Where the next page starts; null on the last one.
   */
  nextCursor: string | null,
};
