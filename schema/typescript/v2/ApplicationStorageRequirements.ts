// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * Where the desktop application puts new workspaces. Sets places only; it limits no access to files.
 */
export type ApplicationStorageRequirements = {
  /**
   * Folder in which new projects are made; null: no demand.
   */
  defaultProjectParent: LegacyAppPathString | null,
  /**
   * Folder for workspaces that belong to no project; null: no demand.
   */
  projectlessWorkspaceRoot: LegacyAppPathString | null,
};
