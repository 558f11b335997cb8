// Generated from the protocol crate; do not edit.

import type { JSONRPCErrorError } from "./JSONRPCErrorError";
import type { RequestId } from "./RequestId";

/**
 * The answer to a request that failed.
 */
export type JSONRPCError = {
  /**
   * What went wrong.
   */
  error: JSONRPCErrorError,
  /**
   * The id of the request.
   */
  id: RequestId,
};
