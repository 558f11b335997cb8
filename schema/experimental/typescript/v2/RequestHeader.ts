// Generated from the protocol crate; do not edit.

/**
 * One header that is added to requests.
 */
export type RequestHeader = {
  /**
   * Name of the header.
   */
  name: string,
  /**
   * Value of the header; it may be a secret: never logged.
   */
  value: string,
};
