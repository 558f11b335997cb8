// Generated from the protocol crate; do not edit.

/**
 * Changes to the stored Git facts of a thread; at least one field must be given. Each has three states: absent keeps
 * the fact, null clears it, a text that is not empty replaces it.
 */
export type ThreadMetadataGitInfoUpdateParams = {
  /**
   * Hash of the commit. Three states: absent keeps it, null clears it, a text replaces it; an empty one is refused.
   */
  sha?: string | null,
  /**
   * Name of the branch. Three states: absent keeps it, null clears it, a text replaces it; an empty one is refused.
   */
  branch?: string | null,
  /**
   * URL of the remote `origin`. Three states: absent keeps it, null clears it, a text replaces it; an empty one is
   * refused.
   */
  originUrl?: string | null,
};
