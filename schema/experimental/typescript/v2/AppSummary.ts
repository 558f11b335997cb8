// Generated from the protocol crate; do not edit.

/**
 * An app (connector), as plugins name it. Experimental.
 */
export type AppSummary = {
  /**
   * Id of the app.
   */
  id: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * What the app is for; null when not told.
   */
  description: string | null,
  /**
   * Where the user can connect the app; null when there is no such page.
   */
  installUrl: string | null,
  /**
   * Category to show it under; null when it has none.
   */
  category: string | null,
};
