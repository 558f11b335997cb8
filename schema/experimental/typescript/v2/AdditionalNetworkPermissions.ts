// Generated from the protocol crate; do not edit.

/**
 * Network permissions on top of those of the sandbox.
 */
export type AdditionalNetworkPermissions = {
  /**
   * Whether the network may be reached; null: not asked for or not granted.
   */
  enabled: boolean | null,
};
