// Generated from the protocol crate; do not edit.

import type { ThreadMetadataGitInfoUpdateParams } from "./ThreadMetadataGitInfoUpdateParams";

/**
 * Params of `thread/metadata/update`: the thread, and at least one thing to change.
 */
export type ThreadMetadataUpdateParams = {
  /**
   * The thread to change.
   */
  threadId: string,
  /**
   * Changes to the stored Git facts; absent changes none.
   */
  gitInfo?: ThreadMetadataGitInfoUpdateParams | null,
};
