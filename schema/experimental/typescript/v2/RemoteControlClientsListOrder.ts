// Generated from the protocol crate; do not edit.

/**
 * Direction of a list of devices.
 *
 * - "asc": Ascending.
 * - "desc": Descending.
 */
export type RemoteControlClientsListOrder = "asc" | "desc";
