// Generated from the protocol crate; do not edit.

import type { RequestId } from "../RequestId";

/**
 * `serverRequest/resolved`: an open request of the server needs no answer any more, from anyone.
 *
 * Sent to all subscribers, whether one of them answered or the turn ended before.
 */
export type ServerRequestResolvedNotification = {
  /**
   * The thread the request was about.
   */
  threadId: string,
  /**
   * Id of that request.
   */
  requestId: RequestId,
};
