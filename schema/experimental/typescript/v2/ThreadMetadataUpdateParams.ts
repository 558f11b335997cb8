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
   * Id of an existing project that the thread is assigned to; an empty text takes it out of its project, absent
   * keeps it.
   */
  projectId?: string | null,
  /**
   * Changes to the stored Git facts; absent changes none.
   */
  gitInfo?: ThreadMetadataGitInfoUpdateParams | null,
  /**
   * Choice about the Daybreak programme to save; absent or null keeps it. Grants nothing by itself, and turns do not
   * follow it in their `cyberAccessProgram`; not for ephemeral threads.
   */
  daybreakEnabled?: boolean | null,
};
