// Generated from the protocol crate; do not edit.

import type { CapabilityRootLocation } from "./CapabilityRootLocation";

/**
 * A folder with capabilities.
 */
export type SelectedCapabilityRoot = {
  /**
   * Id that the host gave it; stays the same.
   */
  id: string,
  /**
   * Where it is.
   */
  location: CapabilityRootLocation,
};
