// Generated from the protocol crate; do not edit.

import type { ConfigRequirements } from "./ConfigRequirements";

/**
 * Result of `configRequirements/read`.
 */
export type ConfigRequirementsReadResponse = {
  /**
   * Whether the demands on Fast and on Ultra Fast are kept apart. Absent or null, as with older servers: Fast
   * governs both.
   */
  supportsIndependentSpeedModes: boolean | null,
  /**
   * The requirements; null when no source sets any.
   */
  requirements: ConfigRequirements | null,
};
