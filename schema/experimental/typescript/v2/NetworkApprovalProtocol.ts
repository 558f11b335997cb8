// Generated from the protocol crate; do not edit.

/**
 * Protocol of a connection that needs approval.
 *
 * - "http": Plain HTTP.
 * - "https": HTTP over TLS.
 * - "socks5Tcp": TCP through a SOCKS5 proxy.
 * - "socks5Udp": UDP through a SOCKS5 proxy.
 */
export type NetworkApprovalProtocol = "http" | "https" | "socks5Tcp" | "socks5Udp";
