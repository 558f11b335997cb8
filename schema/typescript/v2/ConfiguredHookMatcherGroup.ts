// Generated from the protocol crate; do not edit.

import type { ConfiguredHookHandler } from "./ConfiguredHookHandler";

/**
 * Handlers that share a matcher.
 */
export type ConfiguredHookMatcherGroup = {
  /**
   * Regular expression for the name of the tool; null, empty or `*` match everything. Without effect for `Stop` and
   * `UserPromptSubmit`.
   */
  matcher: string | null,
  /**
   * What to run, in this order.
   */
  hooks: Array<ConfiguredHookHandler>,
};
