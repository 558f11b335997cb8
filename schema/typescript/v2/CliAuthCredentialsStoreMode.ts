// Generated from the protocol crate; do not edit.

/**
 * Where login tokens are kept.
 *
 * - "file": In `auth.json` in the codex home.
 * - "keyring": In the keyring of the system.
 * - "auto": In the keyring, or in the file where there is none.
 * - "ephemeral": In memory, until the server ends.
 */
export type CliAuthCredentialsStoreMode = "file" | "keyring" | "auto" | "ephemeral";
