// Generated from the protocol crate; do not edit.

/**
 * Requirements for the browser inside the desktop app.
 */
export type InAppBrowserRequirements = {
  /**
   * Whether settings may be imported from another browser. Null: no rule.
   */
  allowExternalBrowserSettingsImport: boolean | null,
};
