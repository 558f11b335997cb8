// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/readFile`.
 */
export type FsReadFileResponse = {
  /**
   * The whole content, as base64.
   */
  dataBase64: string,
};
