// Generated from the protocol crate; do not edit.

/**
 * A figure as it stands at the moment.
 */
export type ServerDiagnosticsGauge = {
  /**
   * Dotted name of the figure, such as `app.requests.in_flight`, `app.requests.queued` or `core.threads.live`.
   */
  name: string,
  /**
   * Its value when it was read.
   */
  value: number,
};
