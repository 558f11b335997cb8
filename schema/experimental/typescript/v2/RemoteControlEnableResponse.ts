// Generated from the protocol crate; do not edit.

import type { RemoteControlConnectionStatus } from "./RemoteControlConnectionStatus";

/**
 * Result of `remoteControl/enable`: the status afterwards, which may still be `connecting`.
 */
export type RemoteControlEnableResponse = {
  /**
   * The status now.
   */
  status: RemoteControlConnectionStatus,
  /**
   * Name of this machine for people, its host name.
   */
  serverName: string,
  /**
   * Id of the installation, a UUID kept over starts.
   */
  installationId: string,
  /**
   * Id by which remote clients know this server; null when not enrolled.
   */
  environmentId: string | null,
};
