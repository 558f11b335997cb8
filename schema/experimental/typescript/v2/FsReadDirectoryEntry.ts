// Generated from the protocol crate; do not edit.

/**
 * One name in a directory, with its kind.
 */
export type FsReadDirectoryEntry = {
  /**
   * The bare name; append it to the path of the directory to get at the entry.
   */
  fileName: string,
  /**
   * Whether it is a directory, links followed.
   */
  isDirectory: boolean,
  /**
   * Whether it is a regular file, links followed.
   */
  isFile: boolean,
};
