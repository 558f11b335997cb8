// Generated from the protocol crate; do not edit.

/**
 * A voice of the realtime model; which ones go with which version tells `thread/realtime/listVoices`.
 *
 * - "alloy": The voice `alloy`.
 * - "arbor": The voice `arbor`.
 * - "ash": The voice `ash`.
 * - "aube": The voice `aube`.
 * - "ballad": The voice `ballad`.
 * - "breeze": The voice `breeze`.
 * - "bubbie": The voice `bubbie`.
 * - "cedar": The voice `cedar`.
 * - "coral": The voice `coral`.
 * - "cove": The voice `cove`.
 * - "echo": The voice `echo`.
 * - "ember": The voice `ember`.
 * - "haetsal": The voice `haetsal`.
 * - "hanul": The voice `hanul`.
 * - "himari": The voice `himari`.
 * - "juniper": The voice `juniper`.
 * - "leher": The voice `leher`.
 * - "maple": The voice `maple`.
 * - "marin": The voice `marin`.
 * - "miko": The voice `miko`.
 * - "neer": The voice `neer`.
 * - "porto": The voice `porto`.
 * - "rindo": The voice `rindo`.
 * - "rio": The voice `rio`.
 * - "rivage": The voice `rivage`.
 * - "sage": The voice `sage`.
 * - "selva": The voice `selva`.
 * - "shimmer": The voice `shimmer`.
 * - "sol": The voice `sol`.
 * - "sonna": The voice `sonna`.
 * - "spruce": The voice `spruce`.
 * - "tinta": The voice `tinta`.
 * - "vale": The voice `vale`.
 * - "verse": The voice `verse`.
 * - "viola": The voice `viola`.
 */
export type RealtimeVoice = "alloy" | "arbor" | "ash" | "aube" | "ballad" | "breeze" | "bubbie" | "cedar" | "coral" | "cove" | "echo" | "ember" | "haetsal" | "hanul" | "himari" | "juniper" | "leher" | "maple" | "marin" | "miko" | "neer" | "porto" | "rindo" | "rio" | "rivage" | "sage" | "selva" | "shimmer" | "sol" | "sonna" | "spruce" | "tinta" | "vale" | "verse" | "viola";
