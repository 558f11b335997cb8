// Generated from the protocol crate; do not edit.

import type { NetworkApprovalProtocol } from "./NetworkApprovalProtocol";

/**
 * The connection that a network approval is about.
 */
export type NetworkApprovalContext = {
  /**
   * Host to be reached.
   */
  host: string,
  /**
   * How it is to be reached.
   */
  protocol: NetworkApprovalProtocol,
};
