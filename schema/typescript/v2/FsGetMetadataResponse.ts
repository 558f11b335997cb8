// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/getMetadata`. The kinds speak of the target of a symbolic link, except `isSymlink`.
 */
export type FsGetMetadataResponse = {
  /**
   * Whether it is a directory, links followed.
   */
  isDirectory: boolean,
  /**
   * Whether it is a regular file, links followed.
   */
  isFile: boolean,
  /**
   * Whether the path is itself a link, whatever that leads to.
   */
  isSymlink: boolean,
  /**
   * When it was created, in Unix milliseconds; 0 when unknown.
   */
  createdAtMs: number,
  /**
   * When its content last changed, in Unix milliseconds; 0 when unknown.
   */
  modifiedAtMs: number,
};
