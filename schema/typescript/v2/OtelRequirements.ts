// Generated from the protocol crate; do not edit.

import type { OtelExporter } from "./OtelExporter";
import type { OtelToolResultLogConfig } from "./OtelToolResultLogConfig";

/**
 * The pinned telemetry settings; null in a field pins nothing.
 */
export type OtelRequirements = {
  /**
   * How much of tool results is logged. Null: not pinned.
   */
  tool_result: OtelToolResultLogConfig | null,
  /**
   * Whether the deltas of streamed answers are logged. Null: not pinned.
   */
  log_sse_deltas: boolean | null,
  /**
   * Whether the text of user prompts is logged. Null: not pinned.
   */
  log_user_prompt: boolean | null,
  /**
   * Whether the text of the agent's answers is logged. Null: not pinned.
   */
  log_agent_responses: boolean | null,
  /**
   * Whether assessments of the automatic approval reviewer are logged. Null: not pinned.
   */
  log_guardian_assessments: boolean | null,
  /**
   * Name of the deployment that telemetry is marked with. Null: not pinned.
   */
  environment: string | null,
  /**
   * Where logs go. Null: not pinned.
   */
  exporter: OtelExporter | null,
  /**
   * Where traces go. Null: not pinned.
   */
  trace_exporter: OtelExporter | null,
  /**
   * Where metrics go. Null: not pinned.
   */
  metrics_exporter: OtelExporter | null,
  /**
   * Attributes put on spans, by name. Null: not pinned.
   */
  span_attributes: { [key in string]?: string } | null,
  /**
   * Entries of the W3C trace state: by member, then by key. Null: not pinned.
   */
  tracestate: { [key in string]?: { [key in string]?: string } } | null,
};
