//! The matrix: approval policy by confinement by what is to be done.

use codex_app_server_protocol::v2::AskForApproval;
use codex_exec_policy::{Asked, Decision, Verdict};

/// What is to become of a command or a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// It runs, inside of the sandbox or free.
    Run {
        /// Whether no sandbox confines it.
        free: bool,
    },
    /// The user is asked first.
    Ask {
        /// Why, when there is something to say.
        reason: Option<String>,
        /// Which of its parts a rule could allow from now on; none when no rule is offered.
        amendable: Option<Asked>,
        /// Whether no sandbox confines it, once it is allowed.
        free: bool,
    },
    /// It is refused, in the words of the reason.
    Refuse(Refusal),
}

/// Why something is refused, as the model is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The whole text.
    Plain(String),
    /// The reason inside of the usual text of a command that was not started.
    NotStarted(String),
}

/// A command that wants to run.
pub(crate) struct CommandRequest<'a> {
    pub(crate) policy: &'a AskForApproval,
    /// Whether the thread's commands run in a sandbox.
    pub(crate) confined: bool,
    /// What rules and dangers there are.
    pub(crate) verdict: &'a Verdict,
    /// The command as it is shown.
    pub(crate) shown: &'a str,
    /// Whether it asks to leave the sandbox.
    pub(crate) escalates: bool,
    /// Whether it asks for more than the sandbox gives.
    pub(crate) wants_more: bool,
    /// Why it does either.
    pub(crate) justification: Option<&'a str>,
}

/// Decides about a command.
pub(crate) fn on_command(request: &CommandRequest<'_>) -> Ruling {
    let CommandRequest { policy, confined, verdict, shown, escalates, wants_more, justification } = *request;
    let not_started = |reason: String| Ruling::Refuse(Refusal::NotStarted(reason));
    let may_ask_sandbox = asks_about_sandbox(policy);
    if (escalates || wants_more) && !may_ask_sandbox {
        let name = policy_name(policy);
        let kind = if escalates { "escalated" } else { "additional" };
        return Ruling::Refuse(Refusal::Plain(format!(
            "approval policy is {name}; reject command — you cannot ask for {kind} permissions if the approval policy is \
             {name}"
        )));
    }
    // An escalation leaves the sandbox; without a sandbox there is nothing to leave.
    let free = escalates || !confined;
    let justification = justification.map(str::to_owned);
    match verdict.decision {
        Some(Decision::Forbidden) => {
            let reason = verdict.forbidden_reason(shown);
            return not_started(reason.unwrap_or_else(|| format!("`{shown}` rejected by policy")));
        }
        Some(Decision::Prompt) => {
            return match policy {
                AskForApproval::Never => {
                    not_started("approval required by policy, but AskForApproval is set to Never".to_owned())
                }
                AskForApproval::Granular { rules: false, .. } => not_started(
                    "approval required by policy rule, but AskForApproval::Granular.rules is false".to_owned(),
                ),
                _ => Ruling::Ask { reason: verdict.prompt_reason(shown).or(justification), amendable: None, free },
            };
        }
        Some(Decision::Allow) => return Ruling::Run { free: true },
        None => {}
    }
    if verdict.is_dangerous() {
        if *policy == AskForApproval::Never {
            return not_started(format!(
                "`{shown}` rejected: rm -f style commands are not permitted. Use a safer approach"
            ));
        }
        let amendable = may_ask_sandbox.then_some(Asked::Dangerous);
        return Ruling::Ask { reason: justification, amendable, free };
    }
    match policy {
        AskForApproval::Untrusted => Ruling::Ask { reason: justification, amendable: Some(Asked::NotAllowed), free },
        _ if escalates && confined => {
            Ruling::Ask { reason: justification, amendable: Some(Asked::NotAllowed), free: true }
        }
        _ if wants_more && confined => {
            Ruling::Ask { reason: justification, amendable: Some(Asked::NotAllowed), free: false }
        }
        _ => Ruling::Run { free },
    }
}

/// A patch that wants to be made.
pub(crate) struct PatchRequest<'a> {
    pub(crate) policy: &'a AskForApproval,
    pub(crate) place: Place,
}

/// Where a patch writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// No sandbox confines the thread.
    Anywhere,
    /// Only where the sandbox lets it.
    Inside,
    /// Also where it does not.
    Outside,
    /// The sandbox lets nothing be written.
    ReadOnly,
}

/// Decides about a patch.
pub(crate) fn on_patch(request: &PatchRequest<'_>) -> Ruling {
    let PatchRequest { policy, place } = *request;
    let ask = Ruling::Ask { reason: None, amendable: None, free: true };
    if *policy == AskForApproval::Untrusted {
        return ask;
    }
    let refused = |why: &str| {
        Ruling::Refuse(Refusal::Plain(format!("patch rejected: {why}; rejected by user approval settings")))
    };
    match place {
        Place::Anywhere | Place::Inside => Ruling::Run { free: true },
        _ if asks_about_sandbox(policy) => ask,
        Place::Outside => refused("writing outside of the project"),
        Place::ReadOnly => refused("writing is blocked by read-only sandbox"),
    }
}

/// Whether a command that the sandbox has stopped is run once more without it: `None` it is not, else whether the user is
/// asked first.
pub(crate) fn retries_free(policy: &AskForApproval) -> Option<bool> {
    match policy {
        // The user has allowed it already.
        AskForApproval::Untrusted => Some(false),
        AskForApproval::Granular { sandbox_approval: true, .. } => Some(true),
        AskForApproval::OnRequest | AskForApproval::Granular { .. } | AskForApproval::Never => None,
    }
}

fn asks_about_sandbox(policy: &AskForApproval) -> bool {
    match policy {
        AskForApproval::Untrusted | AskForApproval::OnRequest => true,
        AskForApproval::Granular { sandbox_approval, .. } => *sandbox_approval,
        AskForApproval::Never => false,
    }
}

/// The policy's name in texts for the model, as models know it.
fn policy_name(policy: &AskForApproval) -> String {
    match policy {
        AskForApproval::Untrusted => "UnlessTrusted".to_owned(),
        AskForApproval::OnRequest => "OnRequest".to_owned(),
        AskForApproval::Granular { sandbox_approval, rules, skill_approval, request_permissions, mcp_elicitations } => {
            format!(
                "Granular(GranularApprovalConfig {{ sandbox_approval: {sandbox_approval}, rules: {rules}, skill_approval: \
                 {skill_approval}, request_permissions: {request_permissions}, mcp_elicitations: {mcp_elicitations} }})"
            )
        }
        AskForApproval::Never => "Never".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use codex_exec_policy::Policy;

    use super::*;

    const GRANULAR: AskForApproval = AskForApproval::Granular {
        sandbox_approval: true,
        rules: true,
        skill_approval: false,
        request_permissions: false,
        mcp_elicitations: false,
    };
    const REFUSING: AskForApproval = AskForApproval::Granular {
        sandbox_approval: false,
        rules: false,
        skill_approval: false,
        request_permissions: false,
        mcp_elicitations: false,
    };
    use AskForApproval::{Never, OnRequest, Untrusted};

    /// One letter for what becomes of a command: asked (A) or not, then sandboxed (S) or free (F); refused (X).
    fn letters(ruling: &Ruling) -> String {
        let place = |free: bool| if free { "F" } else { "S" };
        match ruling {
            Ruling::Run { free } => place(*free).to_owned(),
            Ruling::Ask { free, .. } => format!("A{}", place(*free)),
            Ruling::Refuse(_) => "X".to_owned(),
        }
    }

    fn command(rules: &str, script: &str, policy: &AskForApproval, confined: bool, escalates: bool) -> Ruling {
        let argv = ["/bin/bash", "-lc", script].map(str::to_owned);
        let verdict = Policy::parse(Path::new("x.rules"), rules).unwrap().decide(&argv, Path::new("/"));
        on_command(&CommandRequest {
            policy,
            confined,
            verdict: &verdict,
            shown: script,
            escalates,
            wants_more: false,
            justification: escalates.then_some("needed"),
        })
    }

    #[test]
    fn the_matrix_of_commands() {
        let rules = "prefix_rule(pattern=['ok'], decision='allow')\nprefix_rule(pattern=['ask'], decision='prompt')\n\
                     prefix_rule(pattern=['no'], decision='forbidden')";
        let policies = [Untrusted, OnRequest, GRANULAR, REFUSING, Never];
        for (script, escalates, confined, free) in [
            ("ls", false, "AS S S S S", "AF F F F F"),
            ("ls", true, "AF AF AF X X", "AF F F X X"),
            ("rm -rf x", false, "AS AS AS AS X", "AF AF AF AF X"),
            ("rm -rf x", true, "AF AF AF X X", "AF AF AF X X"),
            ("ok", false, "F F F F F", "F F F F F"),
            ("ok && ls", false, "AS S S S S", "AF F F F F"),
            ("ask", false, "AS AS AS X X", "AF AF AF X X"),
            ("no", false, "X X X X X", "X X X X X"),
            ("ok && no", false, "X X X X X", "X X X X X"),
        ] {
            for (is_confined, expected) in [(true, confined), (false, free)] {
                let rulings = policies.each_ref().map(|policy| command(rules, script, policy, is_confined, escalates));
                assert_eq!(
                    rulings.each_ref().map(letters).join(" "),
                    expected,
                    "{script}, escalates: {escalates}, confined: {is_confined}"
                );
            }
        }
    }

    #[test]
    fn the_matrix_of_patches() {
        let policies = [Untrusted, OnRequest, GRANULAR, REFUSING, Never];
        for (place, expected) in [
            (Place::Anywhere, "AF F F F F"),
            (Place::Inside, "AF F F F F"),
            (Place::Outside, "AF AF AF X X"),
            (Place::ReadOnly, "AF AF AF X X"),
        ] {
            let rulings = policies.each_ref().map(|policy| on_patch(&PatchRequest { policy, place }));
            assert_eq!(rulings.each_ref().map(letters).join(" "), expected, "{place:?}");
        }
    }

    #[test]
    fn more_permissions_are_asked_about_inside_of_a_sandbox_only() {
        let argv = ["ls".to_owned()];
        let verdict = Policy::default().decide(&argv, Path::new("/"));
        let ruling = |policy: &AskForApproval, confined| {
            let wants_more = true;
            let (escalates, justification, shown) = (false, None, "ls");
            let request =
                CommandRequest { policy, confined, verdict: &verdict, shown, escalates, wants_more, justification };
            letters(&on_command(&request))
        };
        let policies = [Untrusted, OnRequest, GRANULAR, REFUSING, Never];
        assert_eq!(policies.each_ref().map(|policy| ruling(policy, true)).join(" "), "AS AS AS X X");
        assert_eq!(policies.each_ref().map(|policy| ruling(policy, false)).join(" "), "AF F F X X");
    }

    #[test]
    fn a_rule_is_offered_where_one_would_help() {
        let offered = |ruling| match ruling {
            Ruling::Ask { amendable, reason, .. } => (amendable, reason),
            other => panic!("{other:?}"),
        };
        assert_eq!(offered(command("", "ls", &Untrusted, true, false)), (Some(Asked::NotAllowed), None));
        let reason = Some("needed".to_owned());
        assert_eq!(offered(command("", "ls", &OnRequest, true, true)), (Some(Asked::NotAllowed), reason));
        assert_eq!(offered(command("", "rm -f x", &OnRequest, true, false)), (Some(Asked::Dangerous), None));
        assert_eq!(offered(command("", "rm -f x", &REFUSING, true, false)), (None, None));
    }

    #[test]
    fn refusals_are_worded_as_models_know_them() {
        let text = |ruling| match ruling {
            Ruling::Refuse(Refusal::Plain(text) | Refusal::NotStarted(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            text(command("", "ls", &Never, true, true)),
            "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is \
             Never"
        );
        assert!(text(command("", "ls", &REFUSING, true, true)).contains("Granular(GranularApprovalConfig { sandbox_a"));
        assert_eq!(
            text(command("", "rm -f x", &Never, false, false)),
            "`rm -f x` rejected: rm -f style commands are not permitted. Use a safer approach"
        );
        assert_eq!(
            text(on_patch(&PatchRequest { policy: &Never, place: Place::Outside })),
            "patch rejected: writing outside of the project; rejected by user approval settings"
        );
    }
}
