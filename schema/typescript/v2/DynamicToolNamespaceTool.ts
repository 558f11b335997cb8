// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * A tool inside a namespace.
 */
export type DynamicToolNamespaceTool =
  /**
   * One tool; its calls come as `item/tool/call` with the namespace.
   */
  {
    type: "function",
    /**
     * Its name inside the namespace.
     */
    name: string,
    /**
     * What it does, for the model.
     */
    description: string,
    /**
     * JSON Schema of its arguments.
     */
    inputSchema: JsonValue,
    /**
     * The model learns of the tool only when it searches for tools. Default false.
     */
    deferLoading?: boolean,
  };
