// Generated from the protocol crate; do not edit.

import type { ClientInfo } from "./ClientInfo";
import type { InitializeCapabilities } from "./InitializeCapabilities";

/**
 * Params of `initialize`, the first request of every connection; a second one is refused.
 */
export type InitializeParams = {
  /**
   * Who connects; becomes part of the user agent in requests to the model.
   */
  clientInfo: ClientInfo,
  /**
   * What the client can do beyond the minimum; absent or null is the same as all of it off.
   */
  capabilities: InitializeCapabilities | null,
};
