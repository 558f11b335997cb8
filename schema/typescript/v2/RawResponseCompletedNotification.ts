// Generated from the protocol crate; do not edit.

import type { ResponseUsageMetadata } from "./ResponseUsageMetadata";
import type { TokenUsageBreakdown } from "./TokenUsageBreakdown";

/**
 * `rawResponse/completed`: one response of the model is complete, with the usage the provider counted for it. For
 * internal use.
 */
export type RawResponseCompletedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that asked the model.
   */
  turnId: string,
  /**
   * The provider's id of the response.
   */
  responseId: string,
  /**
   * Tokens of this one response; null when the provider did not tell.
   */
  usage: TokenUsageBreakdown | null,
  /**
   * What else the provider told of the usage; null when nothing.
   */
  usageMetadata: ResponseUsageMetadata | null,
};
