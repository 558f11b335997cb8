// Generated from the protocol crate; do not edit.

/**
 * Params of `server/diagnostics`; it has no fields.
 */
export type ServerDiagnosticsParams = Record<string, never>;
