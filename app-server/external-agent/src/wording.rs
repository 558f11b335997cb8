//! Names of the other agent in texts for the model.
//!
//! A name is replaced where it stands as a word of its own. Inside a path, an address or an identifier it stays: such a
//! thing goes on having its name, and would lead nowhere under another one.

/// Spellings in any case, longer ones first, and what stands in their place.
const NAMES: [(&str, &str); 6] = [
    ("claude code", "Codex"),
    ("claude-code", "Codex"),
    ("claude_code", "Codex"),
    ("claudecode", "Codex"),
    ("claude.md", "AGENTS.md"),
    ("claude", "Codex"),
];

/// The text with the names of this agent.
pub(crate) fn rewrite(text: &str) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(next) = rest.chars().next() {
        if let Some((name, new)) = name_at(before, rest) {
            rewritten.push_str(new);
            before = rest[..name.len()].chars().next_back();
            rest = &rest[name.len()..];
        } else {
            rewritten.push(next);
            before = Some(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    rewritten
}

/// The name that `text` begins with, when it is a word of its own.
fn name_at(before: Option<char>, text: &str) -> Option<(&'static str, &'static str)> {
    if before.is_some_and(|before| is_word(before) || "/\\.-$%~".contains(before)) {
        return None;
    }
    let begins = |name: &str| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    NAMES.into_iter().find(|(name, _)| begins(name) && ends_word(&text[name.len()..]))
}

/// Whether a word can end before this.
fn ends_word(rest: &str) -> bool {
    let mut rest = rest.chars();
    match rest.next() {
        None => true,
        Some('-' | '.' | ':') => !rest.next().is_some_and(|next| is_word(next) || next == '/'),
        Some(next) => !is_word(next) && !"/\\".contains(next),
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_their_own_are_replaced() {
        for (old, new) in [
            ("Claude Code and claude-code, CLAUDECODE", "Codex and Codex, Codex"),
            (
                "Claude's `claude` (Claude). Claude: Claude - Claude\nclaude",
                "Codex's `Codex` (Codex). Codex: Codex - Codex\nCodex",
            ),
            ("See CLAUDE.md and claude.MD.", "See AGENTS.md and AGENTS.md."),
            ("@CLAUDE.md \"CLAUDE.md\"", "@AGENTS.md \"AGENTS.md\""),
            ("claude codes", "Codex codes"),
            ("", ""),
        ] {
            assert_eq!(rewrite(old), new, "{old}");
        }
    }

    #[test]
    fn paths_addresses_and_identifiers_stay() {
        for text in [
            "~/.claude/skills .claude claude/ docs/CLAUDE.md C:\\claude\\x",
            "https://claude.ai/x docs.claude.com npm i @anthropic-ai/claude-code",
            "claude-sonnet-4 non-claude CLAUDE_PROJECT_DIR $CLAUDE xclaude claude1 Claudette CLAUDE.md.bak CLAUDE.local.md",
            "claude://x claude:x écläude éclaude",
        ] {
            assert_eq!(rewrite(text), text);
        }
    }

    proptest! {
        #[test]
        fn a_second_time_changes_nothing(text in r"([Cc]laude|CLAUDE|[ ./_:é-]|code|md|x|\PC){0,12}") {
            let once = rewrite(&text);
            prop_assert_eq!(rewrite(&once), once);
        }
    }
}
