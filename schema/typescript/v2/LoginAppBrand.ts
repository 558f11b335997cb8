// Generated from the protocol crate; do not edit.

/**
 * Apps that the vendor's page can name after a login.
 *
 * - "codex": Codex.
 * - "chatgpt": ChatGPT.
 */
export type LoginAppBrand = "codex" | "chatgpt";
