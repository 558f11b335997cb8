// Generated from the protocol crate; do not edit.

/**
 * The program that connects.
 */
export type ClientInfo = {
  /**
   * Machine name, fit for an HTTP header (anything else fails `initialize`). The first connection's name becomes the
   * originator of the whole process.
   */
  name: string,
  /**
   * Name for people; null when there is none.
   */
  title: string | null,
  /**
   * The client's own version, free text.
   */
  version: string,
};
