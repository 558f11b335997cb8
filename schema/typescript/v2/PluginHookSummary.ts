// Generated from the protocol crate; do not edit.

import type { HookEventName } from "./HookEventName";

/**
 * A hook that a plugin brings.
 */
export type PluginHookSummary = {
  /**
   * Key of the hook, such as `p@m:hooks/hooks.json:stop:0:0`.
   */
  key: string,
  /**
   * The event it runs on.
   */
  eventName: HookEventName,
};
