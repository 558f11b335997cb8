// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * What a provider told of the usage of one response, besides the tokens.
 */
export type ResponseUsageMetadata = {
  /**
   * The amount that was reported, as text; null when not told.
   */
  amount: string | null,
  /**
   * Anything else that was reported, any JSON; null when there is none.
   */
  metadata: JsonValue,
};
