// Generated from the protocol crate; do not edit.

/**
 * Encoding of OTLP over HTTP.
 *
 * - "binary": Binary protobuf.
 * - "json": JSON.
 */
export type OtelHttpProtocol = "binary" | "json";
