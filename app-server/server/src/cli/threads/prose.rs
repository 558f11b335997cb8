//! Markdown of the agent in documents of ours: as HTML that is made of nothing but text and its structure, and as Markdown
//! that cannot reach beyond its place.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// What of Markdown is understood beside the standard.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// The text as HTML. HTML within it is shown as text, images as links, and links lead to pages or mail only.
pub(super) fn to_html(markdown: &str) -> String {
    // Whether the links that are open may be followed.
    let mut links = Vec::new();
    let events = Parser::new_ext(markdown, options()).filter_map(|event| {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(heading(lower(level))),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let followed = leads_somewhere_safe(dest_url);
                links.push(followed);
                return followed.then_some(event);
            }
            Event::End(TagEnd::Link) => return links.pop().unwrap_or(false).then_some(event),
            // Nothing is loaded; what the image shows is said by its text.
            Event::Start(Tag::Image { dest_url, .. }) => Event::Text(CowStr::from(format!("[image {dest_url}: "))),
            Event::End(TagEnd::Image) => Event::Text(CowStr::Borrowed("]")),
            other => other,
        })
    });
    let mut page = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut page, events);
    page
}

fn heading<'a>(level: HeadingLevel) -> Tag<'a> {
    Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
}

/// Headings of an answer stand below those of the document.
fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn leads_somewhere_safe(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| matches!(scheme.as_str(), "http" | "https" | "mailto"))
}

/// The text as Markdown that ends where it ends: HTML in it is no longer HTML, and what it opens it closes. What cannot be
/// tamed so is shown as code.
pub(super) fn to_markdown(markdown: &str) -> String {
    /// Without its HTML a text can read otherwise, and other HTML shows.
    const ROUNDS: usize = 3;
    let mut text = markdown.trim_end().to_owned();
    for _ in 0..ROUNDS {
        text = closed(without_html(&text));
        if without_html(&text) == text && ends_where_it_ends(&text) {
            return text;
        }
    }
    fenced("text", markdown)
}

/// The text with a backslash before whatever begins HTML.
fn without_html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) && range.start >= done {
            safe.push_str(&text[done..range.start]);
            safe.push_str(&text[range.clone()].replace('<', "\\<"));
            done = range.end;
        }
    }
    safe + &text[done..]
}

/// The text with the end of the code block that is still open.
fn closed(mut text: String) -> String {
    if ends_where_it_ends(&text) {
        return text;
    }
    let open = Parser::new_ext(&text, options()).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(range.start),
        _ => None,
    });
    if let Some(begin) = open.last() {
        let mark = if text[begin..].starts_with('~') { '~' } else { '`' };
        let length = text[begin..].chars().take_while(|char| *char == mark).count();
        text.push('\n');
        text.extend(std::iter::repeat_n(mark, length));
    }
    text
}

/// Whether what follows is read as if the text did not stand before it.
fn ends_where_it_ends(text: &str) -> bool {
    let followed = format!("{text}\n\n# .");
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(&followed, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) if range.start >= text.len() + 2 => return depth == 0,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// A code block, whatever is in it.
pub(super) fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for char in text.chars() {
        run = if char == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// A line of text with a backslash before whatever Markdown could take for its own.
pub(super) fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' => line.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' => {
                line.extend(['\\', char]);
            }
            _ => line.push(char),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[test]
    fn html_of_an_answer_is_text() {
        let page = to_html("a <b onclick=x>b</b>\n\n<script>alert(1)</script>\n\n<!-- \n\n# T\n");
        assert!(!page.contains("<b ") && !page.contains("<script") && !page.contains("<!--"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    }

    #[test]
    fn links_lead_to_pages_only_and_images_load_nothing() {
        let page = to_html(
            "[a](https://e.org/?a=1&b=\"2) [b](javascript:alert(1)) [c](data:text/html,x) [d](x) ![e](http://e.org/i.png)",
        );
        assert_eq!(page.matches("<a ").count(), 1, "{page}");
        assert_eq!(page.matches("</a>").count(), 1, "{page}");
        assert!(!page.contains("<img") && !page.contains("href=\"javascript"), "{page}");
        assert!(page.contains("[image http://e.org/i.png: e]"), "{page}");
    }

    #[test]
    fn structure_is_kept_below_the_documents_own() {
        let page = to_html("# T\n\n- a `c`\n\n```rust\nif a < b {}\n```\n\n|a|b|\n|-|-|\n|1|2|\n");
        for part in ["<h4>T</h4>", "<li>a <code>c</code></li>", "if a &lt; b {}", "<td>2</td>"] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn markdown_of_an_answer_ends_where_it_ends() {
        for (text, expected) in [
            ("plain *text*\n\n", "plain *text*"),
            ("`a<b>` a < b", "`a<b>` a < b"),
            ("<https://e.org>", "<https://e.org>"),
            ("a <details> b", "a \\<details> b"),
            ("<!-- open", "\\<!-- open"),
            ("```rust\nlet a", "```rust\nlet a\n```"),
            ("~~~~\n```", "~~~~\n```\n~~~~"),
            ("```\n<b>\n```", "```\n<b>\n```"),
        ] {
            assert_eq!(to_markdown(text), expected);
        }
    }

    #[test]
    fn nothing_reaches_beyond_its_place() {
        for text in [
            "<!--\n\n```\n-->\n",
            "> ```\n> a",
            "- a\n\n  ```\n  b",
            "<div>\n<!--\n<pre>\n\n<script>\n~~~",
            "<pre>\n\n```\n</pre>\n\n````\n```",
            "<?\n\n<![CDATA[\n\n```x\n```` `\n",
            "1. ~~~\n\n   <!x\n",
        ] {
            let tame = to_markdown(text);
            assert!(ends_where_it_ends(&tame), "{text:?}: {tame:?}");
            assert_eq!(without_html(&tame), tame, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_mixture_of_marks_reaches_beyond_its_place(marks in vec(select(MARKS), 0..14)) {
            let text = marks.concat();
            let tame = to_markdown(&text);
            prop_assert!(ends_where_it_ends(&tame), "{tame:?}");
            prop_assert_eq!(without_html(&tame), tame);
            let page = to_html(&text);
            prop_assert!(!page.contains("<!--") && !page.contains("<pre>\n") && !page.contains("<x"), "{page}");
        }
    }

    /// What opens and closes blocks.
    const MARKS: &[&str] = &[
        "\n",
        "\n\n",
        "```",
        "~~~~",
        "`",
        "<!--",
        "-->",
        "<x y='",
        "<x>",
        "</x>",
        "<pre>",
        "<?",
        "<![CDATA[",
        "> ",
        "- ",
        "1. ",
        "    ",
        "  ",
        "\\",
        "[",
        "](",
        ")",
        "a",
        "|-|",
        "# ",
        "\t",
        "<a:b>",
        "&lt;",
    ];

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        assert_eq!(fenced("diff", "a\n"), "```diff\na\n```");
        assert_eq!(fenced("", "````\n`"), "`````\n````\n`\n`````");
    }

    #[test]
    fn a_line_is_no_markdown() {
        let line = escaped("*a*\n# <b> `c` [d](e) \\ & | ~~f~~ !g _h_");
        let mut page = String::new();
        html::push_html(&mut page, Parser::new_ext(&line, options()));
        assert_eq!(page, "<p>*a* # &lt;b&gt; `c` [d](e) \\ &amp; | ~~f~~ !g _h_</p>\n");
    }
}
