// Generated from the protocol crate; do not edit.

/**
 * Settings of an app's tools: a map from the tool's name to `AppToolConfig`.
 */
export type AppToolsConfig = Record<string, never>;
