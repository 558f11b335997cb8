// Generated from the protocol crate; do not edit.

import type { ThreadUnreadPosition } from "./ThreadUnreadPosition";

/**
 * How far the user has read a stored thread.
 */
export type ThreadReadState = {
  /**
   * Where the unread part begins; null when all is read.
   */
  firstUnread: ThreadUnreadPosition | null,
  /**
   * Mark of this state; an update must name it, so that nothing unseen is overwritten. Not to be read.
   */
  revision: string,
};
