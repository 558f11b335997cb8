// Generated from the protocol crate; do not edit.

/**
 * Result of `plugin/share/save`.
 */
export type PluginShareSaveResponse = {
  /**
   * Id of the shared plugin, for the other `plugin/share` methods.
   */
  remotePluginId: string,
  /**
   * Link to it.
   */
  shareUrl: string,
  /**
   * Whether the caller may publish it to the workspace; null when unknown.
   */
  canPublishToWorkspace: boolean | null,
};
