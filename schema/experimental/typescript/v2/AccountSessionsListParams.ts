// Generated from the protocol crate; do not edit.

/**
 * Params of `accountSession/list`.
 */
export type AccountSessionsListParams = {
  /**
   * Fetches what is told about the workspaces anew before answering. Default false.
   */
  refreshWorkspaceMetadata?: boolean,
};
