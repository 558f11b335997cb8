// Generated from the protocol crate; do not edit.

import type { ThreadStatus } from "./ThreadStatus";

/**
 * `thread/status/changed`: a thread was loaded or unloaded, or began or stopped being busy.
 */
export type ThreadStatusChangedNotification = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The new status.
   */
  status: ThreadStatus,
};
