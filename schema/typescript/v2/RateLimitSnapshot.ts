// Generated from the protocol crate; do not edit.

import type { CreditsSnapshot } from "./CreditsSnapshot";
import type { PlanType } from "../PlanType";
import type { RateLimitReachedType } from "./RateLimitReachedType";
import type { RateLimitWindow } from "./RateLimitWindow";
import type { SpendControlLimitSnapshot } from "./SpendControlLimitSnapshot";

/**
 * The limits of an account at one moment.
 */
export type RateLimitSnapshot = {
  /**
   * Which limit this is, such as `codex`.
   */
  limitId: string | null,
  /**
   * The limit's name for people.
   */
  limitName: string | null,
  /**
   * The ordinary model whose name and efforts describe this limit, when the limit belongs to an alias of it.
   */
  normalModelSlug: string | null,
  /**
   * The shorter window, commonly some hours.
   */
  primary: RateLimitWindow | null,
  /**
   * The longer window, commonly a week.
   */
  secondary: RateLimitWindow | null,
  /**
   * Credits that are used up once the windows are full.
   */
  credits: CreditsSnapshot | null,
  /**
   * A spending limit set for this user inside the workspace.
   */
  individualLimit: SpendControlLimitSnapshot | null,
  /**
   * Whether spending is stopped by such a limit; null is "not told", never "no longer".
   */
  spendControlReached: boolean | null,
  /**
   * The plan the limits follow from.
   */
  planType: PlanType | null,
  /**
   * Why requests are refused at present; null when they are not.
   */
  rateLimitReachedType: RateLimitReachedType | null,
};
