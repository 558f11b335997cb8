// Generated from the protocol crate; do not edit.

/**
 * Params of `account/gcp/setup`: which project and place, and by which credentials.
 */
export type GcpSetupParams = {
  /**
   * Id of the Google Cloud project.
   */
  projectId: string,
  /**
   * Location of Vertex AI; absent or null: `global`.
   */
  location?: string | null,
  /**
   * Absolute path of the file with the credentials, on the server's machine. Absent or null removes the user's
   * setting and relies on the application default credentials; when a setting elsewhere still names a file, the
   * setup fails and saves nothing.
   */
  credentialFile?: string | null,
};
