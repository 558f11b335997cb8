// Generated from the protocol crate; do not edit.

/**
 * What became of the mail.
 *
 * - "sent": It is sent.
 * - "cooldown_active": It is not sent, since the last one was too short a time ago.
 */
export type AddCreditsNudgeEmailStatus = "sent" | "cooldown_active";
