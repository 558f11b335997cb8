// Generated from the protocol crate; do not edit.

/**
 * Kinds of AWS credentials.
 *
 * - "accessKeys": A pair of AWS access keys.
 * - "bedrockApiKey": A bearer token for Amazon Bedrock.
 */
export type AwsCredentialType = "accessKeys" | "bedrockApiKey";
