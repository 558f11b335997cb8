// Generated from the protocol crate; do not edit.

/**
 * Ids of the providers that use Amazon Bedrock.
 *
 * - "amazon-bedrock": The built-in provider for Amazon Bedrock, the one a Bedrock login selects.
 * - "amazon-bedrock-runtime": The provider for the Bedrock runtime.
 */
export type BedrockProviderId = "amazon-bedrock" | "amazon-bedrock-runtime";
