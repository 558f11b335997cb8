//! Why a local model cannot be used, and what to do about it.

use std::io;

use crate::outside::HttpError;
use crate::provider::{OssProvider, UnknownProvider};

/// A failed setup, as it is told to people. Its text says all, so that it has no source that would be told again.
#[derive(Debug, thiserror::Error)]
#[error("OSS setup failed: {0}")]
pub struct SetupError(pub OssError);

impl From<OssError> for SetupError {
    fn from(error: OssError) -> Self {
        Self(error)
    }
}

/// What failed.
#[derive(Debug, thiserror::Error)]
pub enum OssError {
    /// The provider is not one of the two.
    #[error(transparent)]
    UnknownProvider(#[from] UnknownProvider),
    /// Neither Ollama nor LM Studio is there.
    #[error("neither Ollama nor LM Studio answers: {}", looked.join("; "))]
    NoneRunning {
        /// Where was looked, each with what was found and how to start it.
        looked: Vec<String>,
    },
    /// The server of the provider is not there.
    #[error("no {} server at {base_url} ({cause}); {}", provider.name(), provider.how_to_start())]
    NotRunning {
        /// Who should be there.
        provider: OssProvider,
        /// Where.
        base_url: String,
        /// What was found instead.
        cause: HttpError,
    },
    /// Something is there that does not answer as the provider does.
    #[error("what answers at {url} is not {}: {cause}", provider.name())]
    Stranger {
        /// Who should be there.
        provider: OssProvider,
        /// What was asked for.
        url: String,
        /// What is wrong with the answer.
        cause: String,
    },
    /// Ollama lacks the API that is used.
    #[error("Ollama {found} is too old; update it to {needed} or newer")]
    TooOld {
        /// Its version.
        found: String,
        /// The oldest that will do.
        needed: String,
    },
    /// The model is missing and Ollama will not get it.
    #[error("the model `{model}` could not be pulled: {cause}")]
    Pull {
        /// The model.
        model: String,
        /// Why.
        cause: PullError,
    },
    /// The model is missing, and LM Studio's program that gets models is too.
    #[error(
        "LM Studio does not have the model `{model}`, and its program `lms`, which could download it, is neither on \
         PATH nor in ~/.lmstudio/bin; download the model in LM Studio"
    )]
    NoLms {
        /// The model.
        model: String,
    },
    /// LM Studio's program could not be run.
    #[error("{program} could not be run: {cause}")]
    Lms {
        /// The program.
        program: String,
        /// Why.
        cause: io::Error,
    },
    /// LM Studio's program did not get the model.
    #[error("the model `{model}` could not be downloaded: `lms get` ended with {status}{}{complaint}", if complaint.is_empty() { "" } else { ": " })]
    Download {
        /// The model.
        model: String,
        /// How the program ended.
        status: String,
        /// What it said; may be empty.
        complaint: String,
    },
}

/// Why a pull failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PullError {
    /// The request or its answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Ollama says so.
    #[error("{0}")]
    Refused(String),
    /// A line of the answer is nothing that Ollama says during a pull.
    #[error("Ollama answered with a line that tells no progress: `{0}`")]
    Garbage(String),
    /// The answer ended without success or failure.
    #[error("the download ended before it was complete; try again, what is there is kept")]
    Unfinished,
}
