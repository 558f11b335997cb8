// Generated from the protocol crate; do not edit.

/**
 * `windows/worldWritableWarning`: folders that everyone may write to.
 */
export type WindowsWorldWritableWarningNotification = {
  /**
   * Some of the folders, as examples.
   */
  samplePaths: Array<string>,
  /**
   * How many more there are besides the examples.
   */
  extraCount: number,
  /**
   * Whether the search for such folders failed.
   */
  failedScan: boolean,
};
