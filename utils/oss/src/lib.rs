//! Open models on this machine: is Ollama or LM Studio there, does it have the model, and if not, get it.
//!
//! [`ensure_ready`] does all of that; [`running_provider`] finds out which of the two is there. What is said and in which
//! order is decided here; the bytes are moved by whoever implements [`OssHttp`] and [`RunProgram`], so that this crate has
//! neither an HTTP client nor a runtime. Nothing waits without a limit, and what a server answers is never trusted.
//!
//! ```
//! use codex_utils_oss::{OssProvider, default_model};
//! assert_eq!(default_model("ollama"), Some("gpt-oss:20b"));
//! assert_eq!(OssProvider::from_id("lmstudio").map(|provider| provider.default_port()), Ok(1234));
//! assert!(OssProvider::from_id("ollama-chat").unwrap_err().to_string().contains("use `ollama`"));
//! ```
#![forbid(unsafe_code)]

mod error;
mod lmstudio;
mod ollama;
mod outside;
mod provider;
mod setup;

pub use error::{OssError, PullError, SetupError};
pub use lmstudio::find_lms;
pub use outside::{HttpError, OssHttp, ProgramEnd, RunProgram};
pub use provider::{OLLAMA_CHAT_ID, OssProvider, UnknownProvider, default_model};
pub use setup::{OssLimits, OssSetup, Progress, ensure_ready, running_provider};
