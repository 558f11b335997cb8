// Generated from the protocol crate; do not edit.

/**
 * Params of `account/bedrock/discover`; it takes none.
 */
export type BedrockDiscoverParams = Record<string, never>;
