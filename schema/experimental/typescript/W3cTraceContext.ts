// Generated from the protocol crate; do not edit.

/**
 * W3C trace context of a request, so that traces cross the wire.
 */
export type W3cTraceContext = {
  /**
   * The `traceparent` header's value.
   */
  traceparent: string | null,
  /**
   * The `tracestate` header's value.
   */
  tracestate: string | null,
};
