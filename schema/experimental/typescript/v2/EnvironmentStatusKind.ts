// Generated from the protocol crate; do not edit.

/**
 * State of an environment, as far as the server sees it without touching it; only an existing connection to an
 * exec-server is asked.
 *
 * - "ready": It is local, or its exec-server has just answered over the connection that was open already.
 * - "pending": Nothing failed, but there is no usable connection: it was never started, or still starts up.
 * - "disconnected": Connecting failed, the connection was lost, or the exec-server did not answer; `error` says which. Using the environment may still bring it back.
 * - "unknown": The server has no environment of that id.
 */
export type EnvironmentStatusKind = "ready" | "pending" | "disconnected" | "unknown";
