// Generated from the protocol crate; do not edit.

/**
 * Params of `app/installed`.
 */
export type AppsInstalledParams = {
  /**
   * A loaded thread whose configuration decides what is enabled; absent or null: no thread's.
   */
  threadId?: string | null,
  /**
   * Fetches the tools of hosted apps anew before answering, where apps are allowed. Default false.
   */
  forceRefresh?: boolean,
};
