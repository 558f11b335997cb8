// Generated from the protocol crate; do not edit.

/**
 * A shell of an environment.
 */
export type EnvironmentShellInfo = {
  /**
   * Kind of shell: `bash`, `zsh`, `sh`, `powershell`, `cmd` and the like.
   */
  name: string,
  /**
   * Its executable: a path in the style of that machine, or a bare command.
   */
  path: string,
};
