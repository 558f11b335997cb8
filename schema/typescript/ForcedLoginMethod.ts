// Generated from the protocol crate; do not edit.

/**
 * The only kind of login that is accepted.
 *
 * - "chatgpt": ChatGPT logins; API keys are refused.
 * - "api": API keys; ChatGPT logins are refused.
 */
export type ForcedLoginMethod = "chatgpt" | "api";
