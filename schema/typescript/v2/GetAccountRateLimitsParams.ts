// Generated from the protocol crate; do not edit.

/**
 * Params of `account/rateLimits/read`: what the client itself can do and wants to know.
 */
export type GetAccountRateLimitsParams = {
  /**
   * Says that the client can fall back to Luna Reserve by itself; the backend may then note that an eligible ChatGPT
   * user took part in the experiment once ordinary usage is blocked. Default false.
   */
  supportsLunaReserve?: boolean,
  /**
   * Leaves out the further request for the single reset credits, for polling in the background; their number is told
   * all the same. Default false.
   */
  excludeResetCreditDetails?: boolean,
};
