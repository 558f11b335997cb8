// Generated from the protocol crate; do not edit.

/**
 * Result of `environment/add`; it has no fields: the id is known now.
 */
export type EnvironmentAddResponse = Record<string, never>;
