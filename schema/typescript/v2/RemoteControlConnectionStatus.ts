// Generated from the protocol crate; do not edit.

/**
 * Whether the server can be reached by remote control.
 *
 * - "disabled": Remote control is off.
 * - "connecting": The connection is being made.
 * - "connected": It stands.
 * - "errored": It failed.
 */
export type RemoteControlConnectionStatus = "disabled" | "connecting" | "connected" | "errored";
