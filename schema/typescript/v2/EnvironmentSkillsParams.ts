// Generated from the protocol crate; do not edit.

/**
 * What an environment must offer in skills.
 */
export type EnvironmentSkillsParams = {
  /**
   * Names that must be among the skills of the environment, letter for letter as in its catalogue. Absent or null:
   * none.
   */
  required?: Array<string> | null,
};
