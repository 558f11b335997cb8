// Generated from the protocol crate; do not edit.

import type { ModelRerouteReason } from "./ModelRerouteReason";

/**
 * `model/rerouted`: the provider answered with another model than the one asked for.
 */
export type ModelReroutedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that was served so.
   */
  turnId: string,
  /**
   * Slug that was asked for.
   */
  fromModel: string,
  /**
   * Slug that answered.
   */
  toModel: string,
  /**
   * Why.
   */
  reason: ModelRerouteReason,
};
