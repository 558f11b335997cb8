// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { McpElicitationSchema } from "./McpElicitationSchema";

/**
 * Params of `mcpServer/elicitation/request`: who asks, and by `mode` in which form.
 */
export type McpServerElicitationRequestParams = {
  /**
   * The thread that the MCP server runs for.
   */
  threadId: string,
  /**
   * The turn that was running, as far as the server can tell; null outside of turns. For orientation only: to MCP
   * the request stands alone.
   */
  turnId: string | null,
  /**
   * The MCP server that asks or whose tool is to be called, by its name in the configuration.
   */
  serverName: string,
} & (
  /**
   * A form with plain fields, or with an empty schema a question to be accepted or not.
   */
  {
    mode: "form",
    /**
     * Further data; null when there is none. An approval of a tool call has `codex_approval_kind` `mcp_tool_call`
     * here, with `tool_name`, `tool_description`, `tool_params`, and in `persist` how long a yes may be
     * remembered.
     */
    _meta: JsonValue,
    /**
     * What is asked, for the user.
     */
    message: string,
    /**
     * The fields of the form; without any for an approval.
     */
    requestedSchema: McpElicitationSchema,
  }
  /**
   * A form of the `openai/form` extension, for clients that declared it in `initialize`.
   */
  | {
    mode: "openai/form",
    /**
     * Further data of the MCP server; null when there is none.
     */
    _meta: JsonValue,
    /**
     * What is asked, for the user.
     */
    message: string,
    /**
     * The form, in the way the extension defines it; any JSON.
     */
    requestedSchema: JsonValue,
  }
  /**
   * A form like that of `openai/form`, under another name of the mode.
   */
  | {
    mode: "openaiForm",
    /**
     * Further data of the MCP server; null when there is none.
     */
    _meta: JsonValue,
    /**
     * What is asked, for the user.
     */
    message: string,
    /**
     * The form, in the way the extension defines it; any JSON.
     */
    requestedSchema: JsonValue,
  }
  /**
   * A page to open, for what must not pass through the client, such as a sign-in.
   */
  | {
    mode: "url",
    /**
     * Further data of the MCP server; null when there is none.
     */
    _meta: JsonValue,
    /**
     * Why the page is to be opened, for the user.
     */
    message: string,
    /**
     * The page to open.
     */
    url: string,
    /**
     * The MCP server's id of this elicitation.
     */
    elicitationId: string,
  });
