// Generated from the protocol crate; do not edit.

import type { NetworkDomainPermission } from "./NetworkDomainPermission";
import type { NetworkUnixSocketPermission } from "./NetworkUnixSocketPermission";

/**
 * Requirements for the managed network of commands: the proxy they go through, and where they may go.
 */
export type NetworkRequirements = {
  /**
   * Whether the managed network is on. Null: no rule.
   */
  enabled: boolean | null,
  /**
   * Port of the HTTP proxy. Null: no rule.
   */
  httpPort: number | null,
  /**
   * Port of the SOCKS proxy. Null: no rule.
   */
  socksPort: number | null,
  /**
   * Whether the managed proxy may itself go through another proxy. Null: no rule.
   */
  allowUpstreamProxy: boolean | null,
  /**
   * Whether the proxy may be on an address other than loopback; dangerous, as other machines may reach it then.
   * Null: no rule.
   */
  dangerouslyAllowNonLoopbackProxy: boolean | null,
  /**
   * Whether every Unix socket may be connected to, listed or not; dangerous. Null: no rule.
   */
  dangerouslyAllowAllUnixSockets: boolean | null,
  /**
   * Rules by domain; the form to read. Null: no rules.
   */
  domains: { [key in string]?: NetworkDomainPermission } | null,
  /**
   * Patterns of hosts that need an approval even where a rule allows them. Null: none.
   */
  reviewDomains: Array<string> | null,
  /**
   * True makes the managed network ignore allowed domains that do not come from the requirements. Null: no rule.
   */
  managedAllowedDomainsOnly: boolean | null,
  /**
   * The allowed domains of `domains` as a list, for older clients. Null: none.
   */
  allowedDomains: Array<string> | null,
  /**
   * The denied domains of `domains` as a list, for older clients. Null: none.
   */
  deniedDomains: Array<string> | null,
  /**
   * Rules by path of a Unix socket; the form to read. Null: no rules.
   */
  unixSockets: { [key in string]?: NetworkUnixSocketPermission } | null,
  /**
   * The allowed entries of `unixSockets` as a list, for older clients. Null: none.
   */
  allowUnixSockets: Array<string> | null,
  /**
   * Whether local addresses may be bound. Null: no rule.
   */
  allowLocalBinding: boolean | null,
};
