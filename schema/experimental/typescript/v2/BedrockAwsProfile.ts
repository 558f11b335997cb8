// Generated from the protocol crate; do not edit.

/**
 * An AWS profile on the server's machine.
 */
export type BedrockAwsProfile = {
  /**
   * Name of the profile, for `account/bedrock/setup`.
   */
  name: string,
  /**
   * AWS region that the profile names; null when it names none.
   */
  region: string | null,
};
