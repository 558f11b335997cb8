// Generated from the protocol crate; do not edit.

/**
 * Result of `account/bedrock/setup`; it has no fields: an answer means that it was done.
 */
export type BedrockSetupResponse = Record<string, never>;
