// Generated from the protocol crate; do not edit.

/**
 * How finished a feature is.
 *
 * - "beta": Open for users to try and comment on.
 * - "underDevelopment": Unfinished; not for general use.
 * - "stable": Finished.
 * - "deprecated": Still there, but better avoided.
 * - "removed": Without effect; only the name is kept so that old configurations load.
 */
export type ExperimentalFeatureStage = "beta" | "underDevelopment" | "stable" | "deprecated" | "removed";
