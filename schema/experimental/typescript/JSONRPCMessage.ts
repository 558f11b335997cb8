// Generated from the protocol crate; do not edit.

import type { JSONRPCError } from "./JSONRPCError";
import type { JSONRPCNotification } from "./JSONRPCNotification";
import type { JSONRPCRequest } from "./JSONRPCRequest";
import type { JSONRPCResponse } from "./JSONRPCResponse";

/**
 * Any message, either way.
 */
export type JSONRPCMessage =
  /**
   * Wants exactly one answer.
   */
  JSONRPCRequest
  /**
   * Is never answered.
   */
  | JSONRPCNotification
  /**
   * Answers a request with a result.
   */
  | JSONRPCResponse
  /**
   * Answers a request with an error.
   */
  | JSONRPCError;
