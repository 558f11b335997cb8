// Generated from the protocol crate; do not edit.

/**
 * The kinds of modes.
 *
 * - "plan": The model asks and plans before it changes anything; questions to the user are open to it only here.
 * - "default": The model does the work at once.
 */
export type ModeKind = "plan" | "default";
