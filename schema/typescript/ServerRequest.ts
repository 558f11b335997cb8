// Generated from the protocol crate; do not edit.

import type { RequestId } from "./RequestId";
import type { ToolRequestUserInputParams } from "./v2/ToolRequestUserInputParams";

/**
 * A request of the server.
 */
export type ServerRequest =
  /**
   * Asks the user questions of the model; the turn waits for the answers.
   */
  {
    method: "item/tool/requestUserInput",
    id: RequestId,
    params: ToolRequestUserInputParams,
  };
