// Generated from the protocol crate; do not edit.

/**
 * A kind of Windows sandbox.
 *
 * - "elevated": The one that is set up with administrator rights.
 * - "unelevated": The one that needs no administrator rights.
 * - "mxc": The one by MXC.
 */
export type WindowsSandboxImplementation = "elevated" | "unelevated" | "mxc";
