// Generated from the protocol crate; do not edit.

import type { ThreadReadState } from "./ThreadReadState";

/**
 * `thread/readState/changed`: the unread part of a thread begins elsewhere.
 */
export type ThreadReadStateChangedNotification = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The new state.
   */
  readState: ThreadReadState,
};
