// Generated from the protocol crate; do not edit.

/**
 * Result of `skills/config/write`.
 */
export type SkillsConfigWriteResponse = {
  /**
   * Whether the skill is on in effect after the change.
   */
  effectiveEnabled: boolean,
};
