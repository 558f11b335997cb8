// Generated from the protocol crate; do not edit.

import type { RemoteControlClientsListOrder } from "./RemoteControlClientsListOrder";

/**
 * Params of `remoteControl/client/list`.
 */
export type RemoteControlClientsListParams = {
  /**
   * The environment whose devices to list, as the status names it.
   */
  environmentId: string,
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Devices per page; absent or null: left to the backend.
   */
  limit?: number | null,
  /**
   * Direction of the list; absent or null: left to the backend.
   */
  order?: RemoteControlClientsListOrder | null,
};
