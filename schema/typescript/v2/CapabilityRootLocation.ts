// Generated from the protocol crate; do not edit.

/**
 * Where such a folder is.
 */
export type CapabilityRootLocation =
  /**
   * In an environment of the thread.
   */
  {
    type: "environment",
    /**
     * Which one.
     */
    environmentId: string,
    /**
     * Absolute path there.
     */
    path: string,
  };
