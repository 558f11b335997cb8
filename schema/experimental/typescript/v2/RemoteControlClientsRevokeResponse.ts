// Generated from the protocol crate; do not edit.

/**
 * Result of `remoteControl/client/revoke`; it has no fields: an answer means that it was done.
 */
export type RemoteControlClientsRevokeResponse = Record<string, never>;
