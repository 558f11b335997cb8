// Generated from the protocol crate; do not edit.

import type { AccountRoutingOverride } from "./AccountRoutingOverride";

/**
 * Where the backend of a ChatGPT workspace is.
 */
export type WorkspaceRouting = {
  /**
   * Id of the workspace, as sent with each request to the backend.
   */
  chatgptAccountId: string,
  /**
   * Origin (scheme, host, port) of the backend; HTTPS and without credentials.
   */
  backendOrigin: string,
  /**
   * The region the workspace is bound to.
   */
  accountRoutingOverride: AccountRoutingOverride,
};
