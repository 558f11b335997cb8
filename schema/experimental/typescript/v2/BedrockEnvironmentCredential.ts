// Generated from the protocol crate; do not edit.

import type { AwsCredentialType } from "./AwsCredentialType";

/**
 * AWS credentials in the server's environment; their values stay there.
 */
export type BedrockEnvironmentCredential = {
  /**
   * Which kind they are.
   */
  type: AwsCredentialType,
  /**
   * AWS region that the environment names; null when it names none.
   */
  region: string | null,
};
