// Generated from the protocol crate; do not edit.

import type { OtelHttpProtocol } from "./OtelHttpProtocol";
import type { OtelTlsConfig } from "./OtelTlsConfig";

/**
 * Where telemetry goes: a plain name, or an object with one key that names the protocol.
 */
export type OtelExporter =
  /**
   * - "none": Nowhere.
   * - "statsig": To Statsig.
   */
  "none" | "statsig"
  /**
   * To a collector, by OTLP over HTTP.
   */
  | {
    "otlp-http": {
      /**
       * URL of the collector.
       */
      endpoint: string,
      /**
       * Headers of the requests, by name; the names are real, the values are blanked out, as they may hold secrets.
       */
      headers: { [key in string]?: string },
      /**
       * How the payload is encoded.
       */
      protocol: OtelHttpProtocol,
      /**
       * Certificates for the connection. Null: none are configured.
       */
      tls: OtelTlsConfig | null,
    },
  }
  /**
   * To a collector, by OTLP over gRPC.
   */
  | {
    "otlp-grpc": {
      /**
       * URL of the collector.
       */
      endpoint: string,
      /**
       * Metadata of the requests, by name; the names are real, the values are blanked out, as they may hold secrets.
       */
      headers: { [key in string]?: string },
      /**
       * Certificates for the connection. Null: none are configured.
       */
      tls: OtelTlsConfig | null,
    },
  };
