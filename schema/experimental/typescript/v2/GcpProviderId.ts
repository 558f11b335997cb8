// Generated from the protocol crate; do not edit.

/**
 * Ids of the providers that use Google Cloud.
 *
 * - "gcp": The provider for Vertex AI.
 */
export type GcpProviderId = "gcp";
