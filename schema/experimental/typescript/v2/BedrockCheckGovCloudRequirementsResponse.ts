// Generated from the protocol crate; do not edit.

/**
 * Result of `account/bedrock/checkGovCloudRequirements`: advice about the configuration as it is now.
 */
export type BedrockCheckGovCloudRequirementsResponse = {
  /**
   * Whether the credentials in use lead to a GovCloud region.
   */
  isGovCloud: boolean,
  /**
   * True in a GovCloud region when the managed requirements fall short of its baseline. False does not vouch for the
   * network settings as a whole.
   */
  shouldWarn: boolean,
};
