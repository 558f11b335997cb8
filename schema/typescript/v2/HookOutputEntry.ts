// Generated from the protocol crate; do not edit.

import type { HookOutputEntryKind } from "./HookOutputEntryKind";

/**
 * One thing a hook had to say.
 */
export type HookOutputEntry = {
  /**
   * What it is, and for whom.
   */
  kind: HookOutputEntryKind,
  /**
   * The text itself.
   */
  text: string,
};
