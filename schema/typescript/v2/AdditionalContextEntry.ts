// Generated from the protocol crate; do not edit.

import type { AdditionalContextKind } from "./AdditionalContextKind";

/**
 * A further text for the model.
 */
export type AdditionalContextEntry = {
  /**
   * The text.
   */
  value: string,
  /**
   * How far the model may trust it.
   */
  kind: AdditionalContextKind,
  /**
   * Name for an untrusted text, shown to the model with it; absent for none.
   */
  name?: string | null,
};
