//! What processes print: kept within bounds, made text, cut to the size that a reader can take.

mod budget;
mod charset;
mod kept;
mod utf8;

pub use budget::{Budget, Collected, truncate_output};
pub use charset::decode_output;
pub use kept::{KEPT_BYTES, KeptOutput};
pub use utf8::Utf8Splitter;
