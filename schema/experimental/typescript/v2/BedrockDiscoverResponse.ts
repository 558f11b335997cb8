// Generated from the protocol crate; do not edit.

import type { BedrockAwsProfile } from "./BedrockAwsProfile";
import type { BedrockEnvironmentCredential } from "./BedrockEnvironmentCredential";

/**
 * Result of `account/bedrock/discover`: what a setup can build on.
 */
export type BedrockDiscoverResponse = {
  /**
   * The AWS profiles found; may be empty.
   */
  profiles: Array<BedrockAwsProfile>,
  /**
   * The credentials found in the server's environment, by kind and without their values; may be empty.
   */
  environmentCredentials: Array<BedrockEnvironmentCredential>,
};
