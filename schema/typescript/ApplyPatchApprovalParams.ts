// Generated from the protocol crate; do not edit.

import type { FileChange } from "./FileChange";
import type { ThreadId } from "./ThreadId";

/**
 * Params of `applyPatchApproval`: the changes, and why they are asked for.
 */
export type ApplyPatchApprovalParams = {
  /**
   * The thread that wants to change files.
   */
  conversationId: ThreadId,
  /**
   * Id of the call that makes the patch; the events about its start and end carry the same one.
   */
  callId: string,
  /**
   * What would happen to each file, by path.
   */
  fileChanges: { [key in string]?: FileChange },
  /**
   * Why it is asked, for people, such as writing outside of what is allowed; null for no reason given.
   */
  reason: string | null,
  /**
   * Folder for which writing is asked until the session ends; null for none. Do not rely on it having an effect.
   */
  grantRoot: string | null,
};
