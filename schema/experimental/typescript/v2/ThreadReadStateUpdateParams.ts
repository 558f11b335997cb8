// Generated from the protocol crate; do not edit.

import type { ThreadReadStateOperation } from "./ThreadReadStateOperation";

/**
 * Params of `thread/readState/update`.
 */
export type ThreadReadStateUpdateParams = {
  /**
   * The thread to mark.
   */
  threadId: string,
  /**
   * How to mark it.
   */
  operation: ThreadReadStateOperation,
  /**
   * `revision` of the read state that the user had before their eyes; after a conflict, wait for the user to act
   * again.
   */
  expectedRevision: string,
};
