// Generated from the protocol crate; do not edit.

/**
 * Why a start failed, where a client can do something about it.
 *
 * - "reauthenticationRequired": The login is no longer good; a new one is needed.
 */
export type McpServerStartupFailureReason = "reauthenticationRequired";
