// Generated from the protocol crate; do not edit.

/**
 * The ChatGPT workspaces a login may belong to. Keeps the form it is written in.
 */
export type ForcedChatgptWorkspaceIds =
  /**
   * A single workspace id.
   */
  string
  /**
   * Several workspace ids; each is allowed.
   */
  | Array<string>;
