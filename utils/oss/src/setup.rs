//! From a wish for a local model to a server that has it.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::{OssError, PullError, SetupError};
use crate::lmstudio::{download_arguments, listed_models};
use crate::ollama::{Pull, PullNews, is_model, tagged_models, too_old};
use crate::outside::{HttpError, OssHttp, RunProgram};
use crate::provider::OssProvider;

/// How long is waited for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OssLimits {
    /// For a whole answer about what is there.
    pub answer: Duration,
    /// For the next word of a server that pulls a model.
    pub silence: Duration,
}

/// Five seconds for an answer, five minutes of silence: a large model is verified without a word.
impl Default for OssLimits {
    fn default() -> Self {
        Self { answer: Duration::from_secs(5), silence: Duration::from_secs(300) }
    }
}

/// Which model is wanted, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OssSetup<'a> {
    /// Who serves it.
    pub provider: OssProvider,
    /// The URL that `/responses` is appended to, such as `http://localhost:11434/v1`.
    pub base_url: &'a str,
    /// The model, as the provider names it.
    pub model: &'a str,
    /// LM Studio's program, as [`crate::find_lms`] finds it.
    pub lms: Option<&'a Path>,
    /// How long is waited.
    pub limits: OssLimits,
}

/// What happens while a model is got, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The model is missing; from here on it is got.
    Started,
    /// A step, in the words of the server or its program.
    Step(String),
    /// Bytes of the model that are there, and of the whole as far as it is known; the latter may grow.
    Bytes {
        /// Those that are there.
        completed: u64,
        /// Those of the whole.
        total: u64,
    },
    /// The model is there.
    Finished,
}

/// Makes sure that the server is there and has the model; a missing one is got, which may take long.
///
/// Ollama pulls models itself. LM Studio leaves that to its program `lms`. Dropping the future ends both.
///
/// # Errors
///
/// [`SetupError`], with what to do.
pub async fn ensure_ready<O: OssHttp + RunProgram>(
    outside: &O,
    setup: &OssSetup<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(), SetupError> {
    match setup.provider {
        OssProvider::Ollama => ollama_ready(outside, setup, progress).await?,
        OssProvider::LmStudio => lmstudio_ready(outside, setup, progress).await?,
    }
    Ok(())
}

/// The first provider of these whose server is there; each comes with its base URL. Give them in the order of
/// [`OssProvider::ALL`].
///
/// # Errors
///
/// [`OssError::NoneRunning`], within [`SetupError`].
pub async fn running_provider<O: OssHttp>(
    outside: &O,
    candidates: &[(OssProvider, &str)],
    limit: Duration,
) -> Result<OssProvider, SetupError> {
    let mut looked = Vec::new();
    for (provider, base_url) in candidates {
        // Each is asked what it alone answers so, as one URL may be set for both.
        let (url, is_it): (_, fn(&Value) -> bool) = match provider {
            OssProvider::Ollama => {
                (api_url(base_url, "version"), |answer| answer.get("version").is_some_and(Value::is_string))
            }
            OssProvider::LmStudio => (models_url(base_url), |answer| listed_models(answer).is_some()),
        };
        let cause = match outside.get_json(&url, limit).await {
            Ok(answer) if is_it(&answer) => return Ok(*provider),
            Ok(_) => "another program answers".to_owned(),
            Err(error) => error.to_string(),
        };
        looked.push(format!("{} at {base_url} ({cause}): {}", provider.name(), provider.how_to_start()));
    }
    Err(OssError::NoneRunning { looked }.into())
}

async fn ollama_ready<O: OssHttp>(
    outside: &O,
    setup: &OssSetup<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(), OssError> {
    let url = models_url(setup.base_url);
    let listed = outside.get_json(&url, setup.limits.answer).await.map_err(|cause| not_there(setup, &url, cause))?;
    // A server that tells no version may be another program that speaks the same API.
    if let Ok(version) = outside.get_json(&api_url(setup.base_url, "version"), setup.limits.answer).await
        && let Some((found, needed)) = too_old(&version)
    {
        return Err(OssError::TooOld { found: found.to_owned(), needed });
    }
    let has_it = |models: Vec<&str>| models.into_iter().any(|listed| is_model(listed, setup.model));
    if listed_models(&listed).is_some_and(has_it) {
        return Ok(());
    }
    let url = api_url(setup.base_url, "tags");
    let tags = outside.get_json(&url, setup.limits.answer).await.map_err(|cause| stranger(setup, &url, &cause))?;
    let models = tagged_models(&tags).ok_or_else(|| stranger(setup, &url, &"its answer has no list of models"))?;
    if has_it(models) {
        return Ok(());
    }
    progress(Progress::Started);
    pull(outside, setup, progress).await.map_err(|cause| OssError::Pull { model: setup.model.to_owned(), cause })?;
    progress(Progress::Finished);
    Ok(())
}

async fn pull<O: OssHttp>(
    outside: &O,
    setup: &OssSetup<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(), PullError> {
    let mut pull = Pull::default();
    let mut outcome = Err(PullError::Unfinished);
    let mut on_line = |line: &str| {
        match pull.on_line(line) {
            Ok(PullNews::Nothing) => {}
            Ok(PullNews::Step(status)) => progress(Progress::Step(status)),
            Ok(PullNews::Bytes { completed, total }) => progress(Progress::Bytes { completed, total }),
            Ok(PullNews::Done) => {
                outcome = Ok(());
                return ControlFlow::Break(());
            }
            Err(error) => {
                outcome = Err(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    };
    let body = json!({"model": setup.model, "stream": true});
    let url = api_url(setup.base_url, "pull");
    outside.post_json_lines(&url, &body, setup.limits.silence, &mut on_line).await?;
    outcome
}

async fn lmstudio_ready<O: OssHttp + RunProgram>(
    outside: &O,
    setup: &OssSetup<'_>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<(), OssError> {
    let url = models_url(setup.base_url);
    let listed = outside.get_json(&url, setup.limits.answer).await.map_err(|cause| not_there(setup, &url, cause))?;
    let models = listed_models(&listed).ok_or_else(|| stranger(setup, &url, &"its answer has no list of models"))?;
    if models.contains(&setup.model) {
        return Ok(());
    }
    let model = setup.model.to_owned();
    let Some(lms) = setup.lms else { return Err(OssError::NoLms { model }) };
    progress(Progress::Started);
    let mut on_line = |line: &str| progress(Progress::Step(line.to_owned()));
    let end = outside
        .run(lms, &download_arguments(setup.model), &mut on_line)
        .await
        .map_err(|cause| OssError::Lms { program: lms.display().to_string(), cause })?;
    if !end.success {
        return Err(OssError::Download { model, status: end.status, complaint: end.complaint });
    }
    progress(Progress::Finished);
    Ok(())
}

/// The first question went wrong: nobody is there, or somebody else.
fn not_there(setup: &OssSetup<'_>, url: &str, cause: HttpError) -> OssError {
    match cause {
        HttpError::Unreadable(cause) => stranger(setup, url, &cause),
        cause => OssError::NotRunning { provider: setup.provider, base_url: setup.base_url.to_owned(), cause },
    }
}

fn stranger(setup: &OssSetup<'_>, url: &str, cause: &impl ToString) -> OssError {
    OssError::Stranger { provider: setup.provider, url: url.to_owned(), cause: cause.to_string() }
}

/// The list of models that both servers give.
fn models_url(base_url: &str) -> String {
    format!("{}/models", base_url.trim_end_matches('/'))
}

/// A method of Ollama's own API, which lies beside the `/v1` of the base URL.
fn api_url(base_url: &str, method: &str) -> String {
    let base = base_url.trim_end_matches('/');
    format!("{}/api/{method}", base.strip_suffix("/v1").unwrap_or(base))
}
