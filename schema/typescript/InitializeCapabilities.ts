// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * Options of one connection, fixed by its `initialize`.
 */
export type InitializeCapabilities = {
  /**
   * The client shows approvals of kind `humanCommand` to a person and answers each with a decision for this one time
   * only. Needs `experimentalApi`; open ones may be repeated to another client with this capability. Default false.
   */
  requiredHumanApproval?: boolean,
  /**
   * Logins to a provider's gateway start only when asked for, never by an automatic browser window. Switches the
   * whole server, and no later connection switches it back. Default false.
   */
  explicitGatewayOauth?: boolean,
  /**
   * Lets the connection use and see methods, fields and values marked experimental; without it they are refused.
   * Default false.
   */
  experimentalApi: boolean,
  /**
   * The client answers `attestation/generate`, from which the server makes a header of its requests to the model.
   * Default false.
   */
  requestAttestation: boolean,
  /**
   * Older way to say that forms of the `openai/form` kind can be shown; new clients put `openai/form` into
   * `extensions`. Default false.
   */
  mcpServerOpenaiFormElicitation?: boolean,
  /**
   * Notifications this connection does not want, by exact name; unknown names do no harm. Absent or null: none.
   * Requests of the server are not affected.
   */
  optOutNotificationMethods?: Array<string> | null,
  /**
   * Extensions by name, each with its settings: those of MCP that the client supports, and those of this server that it
   * asks for.
   */
  extensions?: { [key in string]?: JsonValue } | null,
};
