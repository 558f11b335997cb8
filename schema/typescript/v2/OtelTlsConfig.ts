// Generated from the protocol crate; do not edit.

/**
 * Certificates for the connection to a collector.
 */
export type OtelTlsConfig = {
  /**
   * Certificate authority that the collector is checked against. Null: none is configured.
   */
  "ca-certificate": string | null,
  /**
   * Certificate with which the client identifies itself. Null: none.
   */
  "client-certificate": string | null,
  /**
   * Private key for `client-certificate`; treat it as a secret: never logged. Null: none.
   */
  "client-private-key": string | null,
};
