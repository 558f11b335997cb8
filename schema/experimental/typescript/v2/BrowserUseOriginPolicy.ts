// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { BrowserUseAccessApprovalLifetime } from "./BrowserUseAccessApprovalLifetime";

/**
 * What browser use may do with an origin; null in a field leaves that question open.
 */
export type BrowserUseOriginPolicy = {
  /**
   * Whether the origin may be visited at all. Null: no rule.
   */
  access: AllowDenyRequirement | null,
  /**
   * Whether files may be downloaded from it. Null: no rule.
   */
  downloads: AllowDenyRequirement | null,
  /**
   * Whether files may be uploaded to it. Null: no rule.
   */
  uploads: AllowDenyRequirement | null,
  /**
   * Whether the whole Chrome DevTools Protocol may be used there. Null: no rule.
   */
  fullCdpAccess: AllowDenyRequirement | null,
  /**
   * Whether the automatic reviewer may answer approvals for it. Null: no rule.
   */
  autoReview: AllowDenyRequirement | null,
  /**
   * Whether an approval for it may be kept for good. Null: no rule.
   */
  persistentApproval: boolean | null,
  /**
   * How long an approved access to it holds. Null: no rule.
   */
  accessApprovalLifetime: BrowserUseAccessApprovalLifetime | null,
};
