//! A script that does nothing but apply a patch.

use super::plain::plain_commands;

/// Names under which a patch is applied.
const PROGRAMS: &[&str] = &["apply_patch", "applypatch"];

/// What a script that only applies a patch asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchScript {
    /// The folder it changes to before, as it stands there: absolute, or below the folder of the call.
    pub workdir: Option<String>,
    /// The text of the here-document; every line with its end.
    pub patch: String,
}

/// The patch of `[cd DIR &&] apply_patch <<'EOF' ... EOF`, when a script is nothing but that. A script that does anything
/// besides, or changes to a folder that only the shell can tell, is none of these. The text is taken as it stands, also
/// where the shell would expand it.
#[must_use]
pub fn patch_script(script: &str) -> Option<PatchScript> {
    let (head, delimiter) = script.trim_start_matches([' ', '\t', '\n']).split_once("<<")?;
    let (line, body) = delimiter.split_once('\n')?;
    let (line, strips_tabs) = line.strip_prefix('-').map_or((line, false), |line| (line, true));
    let delimiter = delimiter_of(line.trim_matches([' ', '\t']))?;
    let (patch, rest) = document(body, &delimiter, strips_tabs)?;
    if !rest.trim_matches([' ', '\t', '\n']).is_empty() {
        return None;
    }
    Some(PatchScript { workdir: workdir(head)?, patch })
}

/// The folder that is changed to in front of the call; nothing when the head is anything else.
#[expect(clippy::option_option, reason = "no folder is an answer, no call is none")]
fn workdir(head: &str) -> Option<Option<String>> {
    let (before, call) = match head.split_once("&&") {
        Some((before, call)) => (Some(before), call),
        None => (None, head),
    };
    let is_call = |call: &[Vec<String>]| matches!(call, [words] if matches!(words.as_slice(), [program] if PROGRAMS.contains(&program.as_str())));
    if !is_call(&plain_commands(call)?) || call.trim_end_matches([' ', '\t']).ends_with(['\n', ';']) {
        return None;
    }
    let Some(before) = before else {
        return Some(None);
    };
    if before.contains(['\n', ';', '|']) {
        return None;
    }
    match plain_commands(before)?.as_slice() {
        [words] => match words.as_slice() {
            [program, folder] if program == "cd" && !folder.starts_with('-') && !folder.is_empty() => {
                Some(Some(folder.clone()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The text that ends a here-document; it may be quoted as a whole.
fn delimiter_of(word: &str) -> Option<String> {
    let unquoted = ['\'', '"'].iter().find_map(|quote| word.strip_prefix(*quote)?.strip_suffix(*quote));
    let delimiter = unquoted.or_else(|| word.strip_prefix('\\')).unwrap_or(word);
    let special = |next: char| !next.is_alphanumeric() && !matches!(next, '_' | '-' | '.' | '!');
    let is_plain = if unquoted.is_some() { !delimiter.contains(['\'', '"']) } else { !delimiter.contains(special) };
    (is_plain && !delimiter.is_empty()).then(|| delimiter.to_owned())
}

/// The text up to a line with nothing but the delimiter, and what follows that line.
fn document<'a>(body: &'a str, delimiter: &str, strips_tabs: bool) -> Option<(String, &'a str)> {
    let mut text = String::new();
    let mut rest = body;
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = if strips_tabs { line.trim_start_matches('\t') } else { line };
        // Blanks behind the last delimiter of a script are a slip that shells do not forgive; it is clear what is meant.
        let is_end = line == delimiter || (after.trim().is_empty() && line.trim_end_matches([' ', '\t']) == delimiter);
        if is_end {
            return Some((text, after));
        }
        if rest.len() == line.len() || rest.is_empty() {
            return None;
        }
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "*** Begin Patch\n*** Add File: a\n+hi\n*** End Patch";

    #[test]
    fn lone_patches_are_found() {
        for (script, workdir) in [
            ("apply_patch <<'EOF'\nP\nEOF", None),
            ("apply_patch <<EOF\nP\nEOF\n", None),
            ("apply_patch <<\"EOF\"\nP\nEOF\n\n\n", None),
            ("apply_patch <<\\EOF\nP\nEOF   ", None),
            ("apply_patch <<'E F'\nP\nE F", None),
            ("apply_patch<<'EOF'\nP\nEOF", None),
            ("applypatch <<'PATCH'\nP\nPATCH", None),
            ("\n  apply_patch   <<   'EOF'\nP\nEOF", None),
            ("apply_patch <<-'EOF'\nP\n\tEOF", None),
            ("cd sub && apply_patch <<'EOF'\nP\nEOF", Some("sub")),
            ("cd 'a b' && apply_patch <<'EOF'\nP\nEOF", Some("a b")),
            ("cd \"/x/y\" &&\napply_patch <<'EOF'\nP\nEOF", Some("/x/y")),
            ("cd a/b-c_d.e && apply_patch <<'EOF'\nP\nEOF", Some("a/b-c_d.e")),
        ] {
            let script = script.replace("\nP\n", &format!("\n{PATCH}\n"));
            let found = patch_script(&script);
            let expected = PatchScript { workdir: workdir.map(str::to_owned), patch: format!("{PATCH}\n") };
            assert_eq!(found, Some(expected), "{script:?}");
        }
    }

    #[test]
    fn the_text_is_taken_as_it_stands() {
        let found = patch_script("apply_patch <<EOF\n+$HOME `x` << y\n\n\r\nEOF").unwrap();
        assert_eq!(found.patch, "+$HOME `x` << y\n\n\r\n");
        assert_eq!(patch_script("apply_patch <<-E\n\t\ta\tb\n\tE").unwrap().patch, "a\tb\n");
    }

    #[test]
    fn everything_else_is_left_to_the_shell() {
        for script in [
            "apply_patch 'P'",
            "apply_patch < f",
            "apply_patch <<< 'P'",
            "apply_patch x <<'EOF'\nP\nEOF",
            "./apply_patch <<'EOF'\nP\nEOF",
            "apply_patch <<'EOF' && a\nP\nEOF",
            "apply_patch <<'EOF' || true\nP\nEOF",
            "apply_patch <<'EOF' > out\nP\nEOF",
            "apply_patch <<'EOF' 2>&1\nP\nEOF",
            "apply_patch <<'EOF' &\nP\nEOF",
            "apply_patch <<'EOF';\nP\nEOF",
            "apply_patch <<'EOF' # c\nP\nEOF",
            "apply_patch <<'EOF'\nP\nEOF\na",
            "apply_patch <<'EOF'\nP",
            "apply_patch <<'EOF'\nP\nEOF2",
            "apply_patch <<''\nP\n\n",
            "apply_patch <<'EOF'\r\nP\r\nEOF\r\n",
            "! apply_patch <<'EOF'\nP\nEOF",
            "(apply_patch <<'EOF'\nP\nEOF\n)",
            "apply_patch; <<'EOF'\nP\nEOF",
            "apply_patch\n<<'EOF'\nP\nEOF",
            "a <<'EOF' | apply_patch\nP\nEOF",
            "a && apply_patch <<'EOF'\nP\nEOF",
            "set -e\napply_patch <<'EOF'\nP\nEOF",
            "cd sub; apply_patch <<'EOF'\nP\nEOF",
            "cd sub\napply_patch <<'EOF'\nP\nEOF",
            "cd sub || apply_patch <<'EOF'\nP\nEOF",
            "cd a && cd b && apply_patch <<'EOF'\nP\nEOF",
            "cd a b && apply_patch <<'EOF'\nP\nEOF",
            "cd && apply_patch <<'EOF'\nP\nEOF",
            "cd -- a && apply_patch <<'EOF'\nP\nEOF",
            "cd - && apply_patch <<'EOF'\nP\nEOF",
            "cd $X && apply_patch <<'EOF'\nP\nEOF",
            "cd ~/x && apply_patch <<'EOF'\nP\nEOF",
            "cd s* && apply_patch <<'EOF'\nP\nEOF",
            "",
        ] {
            assert_eq!(patch_script(script), None, "{script:?}");
        }
    }
}
