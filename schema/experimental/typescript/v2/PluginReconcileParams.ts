// Generated from the protocol crate; do not edit.

/**
 * Params of `plugin/reconcile`.
 */
export type PluginReconcileParams = {
  /**
   * Why the client asks, in its own words; kept with the attempt. Absent or null: not told.
   */
  reason?: string | null,
};
