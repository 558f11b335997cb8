//! `--oss`: an open model on this machine, found and made ready before the server starts.

use std::path::Path;
use std::time::Instant;

use anyhow::anyhow;
use codex_config_loader::{ConfigLoader, LoadRequest};
use codex_model_client::LocalModels;
use codex_utils_elapsed::format_elapsed;
use codex_utils_oss::{
    OssError, OssLimits, OssProvider, OssSetup, Progress, SetupError, ensure_ready, find_lms, running_provider,
};

use super::report;

/// A model that can be asked.
#[derive(Debug)]
pub(super) struct LocalModel {
    pub(super) provider: OssProvider,
    pub(super) model: String,
}

/// Chooses the provider and makes the model ready: the given one, else the default one of the provider. Downloads it
/// where it is missing and tells how far that is.
pub(super) async fn prepare(config: &ConfigLoader, cwd: &Path, model: Option<&str>) -> anyhow::Result<LocalModel> {
    let answer = config.read(Some(cwd), false).map_err(|error| anyhow!(error.read_message()))?;
    let loaded = config.load(&LoadRequest { cwd: Some(cwd.to_owned()), ..LoadRequest::default() })?;
    let base_url = |provider: OssProvider| -> anyhow::Result<&str> {
        let info = loaded.provider(provider.id())?;
        info.base_url.as_deref().ok_or_else(|| anyhow!("model provider `{}` has no base_url", provider.id()))
    };
    let limits = OssLimits::default();
    let provider = match answer.config.get("oss_provider").and_then(serde_json::Value::as_str) {
        Some(id) => OssProvider::from_id(id).map_err(|error| SetupError(OssError::from(error)))?,
        None => {
            let mut candidates = Vec::new();
            for provider in OssProvider::ALL {
                candidates.push((provider, base_url(provider)?));
            }
            running_provider(&LocalModels, &candidates, limits.answer).await?
        }
    };
    let model = model.unwrap_or(provider.default_model()).to_owned();
    let env = config.env();
    let lms = find_lms(env.get("PATH"), env.get("HOME").or_else(|| env.get("USERPROFILE")).map(Path::new));
    let setup = OssSetup { provider, base_url: base_url(provider)?, model: &model, lms: lms.as_deref(), limits };
    let mut download = Download::new(&setup);
    ensure_ready(&LocalModels, &setup, &mut |progress| download.on_progress(&progress, &mut report)).await?;
    Ok(LocalModel { provider, model })
}

/// Tells of a download, in few lines however often its progress is known.
struct Download {
    what: String,
    began: Instant,
    /// The letters of the last step that was told; figures and bars change all the time.
    step: Option<String>,
    /// Tenths of the whole that were told.
    tenths: u64,
}

impl Download {
    fn new(setup: &OssSetup<'_>) -> Self {
        let what = format!("the model `{}` of {}", setup.model, setup.provider.name());
        Self { what, began: Instant::now(), step: None, tenths: 0 }
    }

    fn on_progress(&mut self, progress: &Progress, tell: &mut impl FnMut(&str)) {
        let elapsed = || format_elapsed(self.began.elapsed());
        match progress {
            Progress::Started => {
                tell(&format!("{} is missing: downloading it", self.what));
                self.began = Instant::now();
            }
            Progress::Step(step) => {
                let letters = Some(step.chars().filter(|character| character.is_alphabetic()).collect());
                if letters != self.step {
                    tell(&format!("  {step}"));
                    self.step = letters;
                }
            }
            Progress::Bytes { completed, total } => {
                let tenths = (u128::from(*completed) * 10).checked_div(u128::from(*total)).unwrap_or_default();
                let tenths = u64::try_from(tenths).unwrap_or(u64::MAX);
                if tenths > self.tenths {
                    tell(&format!("  {} of {} after {}", gigabytes(*completed), gigabytes(*total), elapsed()));
                }
                // Another part may make the whole larger, and the share of what is there smaller.
                self.tenths = tenths;
            }
            Progress::Finished => tell(&format!("{} is there after {}", self.what, elapsed())),
        }
    }
}

/// Bytes as people count models.
fn gigabytes(bytes: u64) -> String {
    format!("{:.2} GB", bytes as f64 / 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(news: &[Progress]) -> Vec<String> {
        let setup = OssSetup {
            provider: OssProvider::Ollama,
            base_url: "",
            model: "m",
            lms: None,
            limits: OssLimits::default(),
        };
        let mut download = Download::new(&setup);
        let mut lines = Vec::new();
        for progress in news {
            // Times differ from run to run.
            download.on_progress(progress, &mut |line| {
                lines.push(line.split_once(" after ").map_or(line, |(line, _)| line).to_owned());
            });
        }
        lines
    }

    #[test]
    fn the_whole_download_is_told() {
        let step = |text: &str| Progress::Step(text.to_owned());
        let bytes = |completed, total| Progress::Bytes { completed, total };
        let giga = 1_000_000_000;
        assert_eq!(
            told(&[
                Progress::Started,
                step("pulling manifest"),
                bytes(0, 2 * giga),
                bytes(giga / 10, 2 * giga),
                bytes(giga, 2 * giga),
                bytes(giga + 1, 2 * giga),
                bytes(2 * giga, 2 * giga),
                bytes(0, 0),
                step("verifying"),
                Progress::Finished,
            ]),
            [
                "the model `m` of Ollama is missing: downloading it",
                "  pulling manifest",
                "  1.00 GB of 2.00 GB",
                "  2.00 GB of 2.00 GB",
                "  verifying",
                "the model `m` of Ollama is there",
            ]
        );
    }

    #[test]
    fn a_step_whose_figures_change_is_told_once() {
        let steps = ["[#  ] 10 %", "[## ] 20 %", "done", "done"].map(|step| Progress::Step(step.to_owned()));
        assert_eq!(told(&steps), ["  [#  ] 10 %", "  done"]);
    }
}
