// Generated from the protocol crate; do not edit.

import type { RequestId } from "../RequestId";

/**
 * Params of `thread/sample/cancel`.
 */
export type ThreadSampleCancelParams = {
  /**
   * Id of the `thread/sample` request to cancel.
   */
  requestId: RequestId,
};
