// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * Result of `thread/metadata/update`.
 */
export type ThreadMetadataUpdateResponse = {
  /**
   * The thread as it is now.
   */
  thread: Thread,
};
