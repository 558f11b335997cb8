// Generated from the protocol crate; do not edit.

/**
 * A hosted app together with the account to use there.
 */
export type McpResourceReadTarget = {
  /**
   * Id of the connector (app).
   */
  connectorId: string,
  /**
   * Id of the linked account. Must be given; null asks for access without a login, as far as the app allows that.
   */
  linkId: string | null,
};
