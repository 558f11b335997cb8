// Generated from the protocol crate; do not edit.

/**
 * The permission profile that the current sandbox was made from.
 */
export type ActivePermissionProfile = {
  /**
   * `:read-only`, `:workspace`, `:danger-full-access`, or the name of a profile in the configuration.
   */
  id: string,
  /**
   * The profile it builds on; null when it builds on none.
   */
  extends: string | null,
};
