// Generated from the protocol crate; do not edit.

/**
 * Result of `account/logout`; it has no fields: an answer means that nobody is signed in any more.
 */
export type LogoutAccountResponse = Record<string, never>;
