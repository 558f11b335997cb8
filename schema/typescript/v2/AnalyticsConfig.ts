// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * The `analytics` table.
 */
export type AnalyticsConfig = {
  /**
   * Whether usage is reported; null leaves it to the way the server was started.
   */
  enabled: boolean | null,
} & ({ [key in string]?: JsonValue });
