//! The pairs of a header: what a conversation runs on, and what it may do.

/// What a conversation runs on, and what it may do; each text as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigSummary<'a> {
    /// The working folder.
    pub workdir: &'a str,
    /// Slug of the model.
    pub model: &'a str,
    /// Id of the model provider.
    pub provider: &'a str,
    /// When the user is asked.
    pub approval: &'a str,
    /// What commands may touch, as [`crate::summarize_sandbox`] says it.
    pub sandbox: &'a str,
    /// How the model reasons; none for a provider whose API cannot be told, which is any but the Responses API.
    pub reasoning: Option<ReasoningSummary<'a>>,
}

/// How the model reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReasoningSummary<'a> {
    /// How hard it thinks, when that is set.
    pub effort: Option<&'a str>,
    /// How its reasoning is summarised, when that is set.
    pub summaries: Option<&'a str>,
}

impl<'a> ConfigSummary<'a> {
    /// Names and values in the order in which they are shown. What is not set about reasoning is shown as `none`.
    ///
    /// ```
    /// use codex_utils_sandbox_summary::ConfigSummary;
    /// let summary = ConfigSummary {
    ///     workdir: "/project",
    ///     model: "gpt-oss:20b",
    ///     provider: "ollama",
    ///     approval: "never",
    ///     sandbox: "read-only",
    ///     reasoning: None,
    /// };
    /// assert_eq!(summary.entries().last(), Some(("sandbox", "read-only")));
    /// ```
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        let always = [
            ("workdir", self.workdir),
            ("model", self.model),
            ("provider", self.provider),
            ("approval", self.approval),
            ("sandbox", self.sandbox),
        ];
        let reasoning = self.reasoning.map(|reasoning| {
            [
                ("reasoning effort", reasoning.effort.unwrap_or("none")),
                ("reasoning summaries", reasoning.summaries.unwrap_or("none")),
            ]
        });
        always.into_iter().chain(reasoning.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUMMARY: ConfigSummary<'static> = ConfigSummary {
        workdir: "/w",
        model: "m",
        provider: "p",
        approval: "on-request",
        sandbox: "read-only",
        reasoning: None,
    };
    const ALWAYS: [(&str, &str); 5] =
        [("workdir", "/w"), ("model", "m"), ("provider", "p"), ("approval", "on-request"), ("sandbox", "read-only")];

    #[test]
    fn pairs_stand_in_order() {
        assert_eq!(SUMMARY.entries().collect::<Vec<_>>(), ALWAYS);
    }

    #[test]
    fn reasoning_comes_last_and_unset_is_none() {
        for (reasoning, effort, summaries) in [
            (ReasoningSummary::default(), "none", "none"),
            (ReasoningSummary { effort: Some("high"), summaries: Some("detailed") }, "high", "detailed"),
        ] {
            let entries: Vec<_> = ConfigSummary { reasoning: Some(reasoning), ..SUMMARY }.entries().collect();
            assert_eq!(entries[..5], ALWAYS);
            assert_eq!(entries[5..], [("reasoning effort", effort), ("reasoning summaries", summaries)]);
        }
    }
}
