// Generated from the protocol crate; do not edit.

import type { FunctionCallOutputBody } from "../FunctionCallOutputBody";

/**
 * A tool result that a client puts before the model.
 */
export type TurnToolOutput = {
  /**
   * Name of the tool.
   */
  name: string,
  /**
   * Namespace of the tool; null for one without.
   */
  namespace: string | null,
  /**
   * The result.
   */
  output: FunctionCallOutputBody,
  /**
   * Asks that the model's history keeps it. Default false.
   */
  retain?: boolean,
};
