// Generated from the protocol crate; do not edit.

import type { DynamicToolNamespaceTool } from "./DynamicToolNamespaceTool";
import type { JsonValue } from "../serde_json/JsonValue";

/**
 * A tool that the client carries out, or several in a namespace.
 */
export type DynamicToolSpec =
  /**
   * One tool; its calls come as `item/tool/call` without a namespace.
   */
  {
    type: "function",
    /**
     * Its name, as the model calls it.
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
  }
  /**
   * Tools that belong together.
   */
  | {
    type: "namespace",
    /**
     * Name of the namespace.
     */
    name: string,
    /**
     * What they are for, for the model.
     */
    description: string,
    /**
     * The tools.
     */
    tools: Array<DynamicToolNamespaceTool>,
  };
