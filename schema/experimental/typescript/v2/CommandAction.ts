// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * What one simple command of a command line seems to do.
 */
export type CommandAction =
  /**
   * Reads a file.
   */
  {
    type: "read",
    /**
     * The simple command as text.
     */
    command: string,
    /**
     * Name of the file without its folders.
     */
    name: string,
    /**
     * The file.
     */
    path: LegacyAppPathString,
  }
  /**
   * Lists a folder.
   */
  | {
    type: "listFiles",
    /**
     * The simple command as text.
     */
    command: string,
    /**
     * The folder as written; null for the working directory.
     */
    path: string | null,
  }
  /**
   * Searches in files or for files.
   */
  | {
    type: "search",
    /**
     * The simple command as text.
     */
    command: string,
    /**
     * What it looks for; null when not clear.
     */
    query: string | null,
    /**
     * Where it looks, as written; null for the working directory.
     */
    path: string | null,
  }
  /**
   * Anything else.
   */
  | {
    type: "unknown",
    /**
     * The simple command as text.
     */
    command: string,
  };
