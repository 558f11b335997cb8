// Generated from the protocol crate; do not edit.

import type { NetworkDomainPermission } from "./NetworkDomainPermission";

/**
 * Which domains the application itself may contact.
 */
export type ApplicationNetworkRequirements = {
  /**
   * True restricts it to the domains allowed by name in `domains`; subdomains do not count.
   */
  enabled: boolean,
  /**
   * Rules by exact domain.
   */
  domains: { [key in string]?: NetworkDomainPermission },
};
