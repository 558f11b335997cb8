// Generated from the protocol crate; do not edit.

import type { CyberAccessProgram } from "./CyberAccessProgram";

/**
 * Programmes that an account may ask for with a model.
 */
export type ModelAccessPrograms = {
  /**
   * Those for computer security.
   */
  cyber: Array<CyberAccessProgram>,
};
