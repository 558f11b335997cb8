// Generated from the protocol crate; do not edit.

import type { ProcessOutputStream } from "./ProcessOutputStream";

/**
 * `process/outputDelta`: a piece of streamed output.
 */
export type ProcessOutputDeltaNotification = {
  /**
   * Handle of the process that wrote it.
   */
  processHandle: string,
  /**
   * Where it was written to.
   */
  stream: ProcessOutputStream,
  /**
   * The bytes, in Base64.
   */
  deltaBase64: string,
  /**
   * True on the last piece of a stream that `outputBytesCap` cut short.
   */
  capReached: boolean,
};
