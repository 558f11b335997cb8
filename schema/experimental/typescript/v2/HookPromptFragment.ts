// Generated from the protocol crate; do not edit.

/**
 * Text of one hook.
 */
export type HookPromptFragment = {
  /**
   * What the model is told.
   */
  text: string,
  /**
   * The run of the hook that it comes from.
   */
  hookRunId: string,
};
