// Generated from the protocol crate; do not edit.

/**
 * What a simple command does, as far as the server can tell.
 */
export type ParsedCommand =
  /**
   * Reads a file.
   */
  {
    type: "read",
    /**
     * The simple command as text.
     */
    cmd: string,
    /**
     * Name of the file.
     */
    name: string,
    /**
     * The file, a guess: absolute where possible, else counted from the working directory of the command.
     */
    path: string,
  }
  /**
   * Lists a folder.
   */
  | {
    type: "list_files",
    /**
     * The simple command as text.
     */
    cmd: string,
    /**
     * The folder; null when the command names none.
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
    cmd: string,
    /**
     * What it looks for; null when not clear.
     */
    query: string | null,
    /**
     * Where it looks; null when the command names no place.
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
    cmd: string,
  };
