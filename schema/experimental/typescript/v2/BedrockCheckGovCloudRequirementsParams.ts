// Generated from the protocol crate; do not edit.

/**
 * Params of `account/bedrock/checkGovCloudRequirements`; it takes none.
 */
export type BedrockCheckGovCloudRequirementsParams = Record<string, never>;
