// Generated from the protocol crate; do not edit.

import type { ThreadReadState } from "./ThreadReadState";

/**
 * Result of `thread/readState/update`.
 */
export type ThreadReadStateUpdateResponse = {
  /**
   * The state as it is now.
   */
  readState: ThreadReadState,
};
