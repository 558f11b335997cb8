// Generated from the protocol crate; do not edit.

import type { RemoteControlConnectionStatus } from "./RemoteControlConnectionStatus";

/**
 * `remoteControl/status/changed`: sent after the handshake and whenever the status changes.
 */
export type RemoteControlStatusChangedNotification = {
  /**
   * The status.
   */
  status: RemoteControlConnectionStatus,
  /**
   * Name of this machine for people.
   */
  serverName: string,
  /**
   * Id of the installation, a UUID kept over starts.
   */
  installationId: string,
  /**
   * Id this server is known by to remote clients; null when it is not enrolled.
   */
  environmentId: string | null,
};
