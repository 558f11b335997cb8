// Generated from the protocol crate; do not edit.

import type { WebSearchContextSize } from "./WebSearchContextSize";
import type { WebSearchLocation } from "./WebSearchLocation";

/**
 * Settings of the search tool. Unknown keys are refused.
 */
export type WebSearchToolConfig = {
  /**
   * How much of the findings reaches the model; null leaves it to the provider.
   */
  context_size: WebSearchContextSize | null,
  /**
   * Only these domains are searched; null means all.
   */
  allowed_domains: Array<string> | null,
  /**
   * Where the user is; null tells nothing.
   */
  location: WebSearchLocation | null,
};
