// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/prediction/request`; it has no fields: the request was taken, and the result comes as a
 * notification.
 */
export type ThreadPredictionRequestResponse = Record<string, never>;
