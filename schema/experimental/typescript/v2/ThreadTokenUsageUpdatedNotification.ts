// Generated from the protocol crate; do not edit.

import type { ThreadTokenUsage } from "./ThreadTokenUsage";

/**
 * `thread/tokenUsage/updated`: tokens used, after every response that reports them and on resume.
 */
export type ThreadTokenUsageUpdatedNotification = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The turn the response belongs to.
   */
  turnId: string,
  /**
   * The thread's usage.
   */
  tokenUsage: ThreadTokenUsage,
};
