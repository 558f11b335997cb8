// Generated from the protocol crate; do not edit.

import type { PluginReconcileChangedPlugin } from "./PluginReconcileChangedPlugin";

/**
 * Result of `plugin/reconcile`: what this one pass changed. It neither adds up since the last request nor means that
 * running threads use it already; changes of metadata alone are left out.
 */
export type PluginReconcileResponse = {
  /**
   * Plugins with a new version, switched on or off, installed again from the cache, or removed, compared with the
   * state cached before. A removal is listed also when clearing the cache failed.
   */
  changedPlugins: Array<PluginReconcileChangedPlugin>,
  /**
   * Ids in the remote catalogue of plugins whose files or identity could not be updated.
   */
  failedRemotePluginIds: Array<string>,
  /**
   * Those of `failedRemotePluginIds` whose files could not be fetched and unpacked; an older version may still lie
   * in the cache.
   */
  failedMaterializationRemotePluginIds: Array<string>,
};
