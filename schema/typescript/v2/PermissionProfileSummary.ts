// Generated from the protocol crate; do not edit.

/**
 * A permission profile, as needed to offer it for choice.
 */
export type PermissionProfileSummary = {
  /**
   * Id to choose it by; built-in ones start with a colon.
   */
  id: string,
  /**
   * What it allows, for people; null when it has no description.
   */
  description: string | null,
  /**
   * Whether managed requirements let it be chosen.
   */
  allowed: boolean,
};
