// Generated from the protocol crate; do not edit.

/**
 * What an entry of a hook's output is.
 *
 * - "warning": A warning for the user, from `systemMessage` of the hook's answer.
 * - "stop": Why the hook stopped what was going on.
 * - "feedback": Feedback on what the hook was run for.
 * - "context": Context that the hook adds for the model.
 * - "error": What went wrong with the hook.
 */
export type HookOutputEntryKind = "warning" | "stop" | "feedback" | "context" | "error";
