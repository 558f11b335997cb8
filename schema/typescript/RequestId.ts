// Generated from the protocol crate; do not edit.

/**
 * The id of a request, chosen by its sender and echoed unchanged in the answer.
 */
export type RequestId =
  /**
   * A text, the empty one included.
   */
  string
  /**
   * A signed 64-bit integer. May pass 2^53: a client whose numbers are doubles should choose smaller ones, or texts.
   */
  | number;
