// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Where the files of a plugin come from.
 */
export type PluginSource =
  /**
   * A folder on this machine.
   */
  {
    type: "local",
    /**
     * Absolute path of the folder.
     */
    path: AbsolutePathBuf,
  }
  /**
   * A git repository.
   */
  | {
    type: "git",
    /**
     * URL of the repository.
     */
    url: string,
    /**
     * Folder of the plugin in the repository; null for the whole of it.
     */
    path: string | null,
    /**
     * Branch or tag; null when not fixed.
     */
    refName: string | null,
    /**
     * Commit; null when not fixed.
     */
    sha: string | null,
  }
  /**
   * An npm package.
   */
  | {
    type: "npm",
    /**
     * Name of the package.
     */
    package: string,
    /**
     * Version, or range of versions; null when not fixed.
     */
    version: string | null,
    /**
     * HTTPS URL of the registry; null for the usual one. Credentials are not here but in the user's npm
     * configuration.
     */
    registry: string | null,
  }
  /**
   * The remote catalogue; how to download it is known to the server only.
   */
  | {
    type: "remote",
  };
