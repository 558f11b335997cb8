// Generated from the protocol crate; do not edit.

/**
 * A ChatGPT plan, by the name the login carries. What a plan includes is the backend's matter; business, enterprise
 * and education plans may bring managed policies, which are loaded before anything else.
 *
 * - "free": Without payment.
 * - "go": The personal plan `go`.
 * - "plus": The personal plan `plus`.
 * - "pro": The personal plan `pro`.
 * - "prolite": The personal plan `prolite`.
 * - "promax": The plan `promax`.
 * - "team": A team; brings no managed policies.
 * - "self_serve_business_prolite": Business workspace set up by its owner, in the form `prolite`.
 * - "self_serve_business_usage_based": Business workspace set up by its owner, paid by use.
 * - "business": Business workspace.
 * - "ent26": The plan `ent26`.
 * - "enterprise_cbp_automation": Enterprise workspace of the kind `cbp`, for automation.
 * - "enterprise_cbp_usage_based": Enterprise workspace of the kind `cbp`, paid by use.
 * - "enterprise": Enterprise workspace.
 * - "edu": Education workspace.
 * - "edu_plus": Education workspace of the form `plus`.
 * - "edu_pro": Education workspace of the form `pro`.
 * - "sci": The plan `sci`.
 * - "sci_plus": The plan `sci_plus`.
 * - "unknown": The login names no plan, or one that is not known here.
 */
export type PlanType = "free" | "go" | "plus" | "pro" | "prolite" | "promax" | "team" | "self_serve_business_prolite" | "self_serve_business_usage_based" | "business" | "ent26" | "enterprise_cbp_automation" | "enterprise_cbp_usage_based" | "enterprise" | "edu" | "edu_plus" | "edu_pro" | "sci" | "sci_plus" | "unknown";
