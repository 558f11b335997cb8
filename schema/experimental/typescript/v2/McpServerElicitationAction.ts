// Generated from the protocol crate; do not edit.

/**
 * What the user did with the request.
 *
 * - "accept": Agreed; a tool call is made, a form is handed over.
 * - "decline": Said no; a tool call fails as rejected. An error as answer to a tool approval counts as this.
 * - "cancel": Closed it without a choice; a tool call fails as cancelled.
 */
export type McpServerElicitationAction = "accept" | "decline" | "cancel";
