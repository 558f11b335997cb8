// Generated from the protocol crate; do not edit.

import type { FunctionCallOutputContentItem } from "./FunctionCallOutputContentItem";

/**
 * What a tool hands back to the model.
 */
export type FunctionCallOutputBody =
  /**
   * Plain text.
   */
  string
  /**
   * Several parts, where text does not do.
   */
  | Array<FunctionCallOutputContentItem>;
