//! `threads list`: one line a thread.

use std::path::PathBuf;

use clap::Args;
use codex_app_server_protocol::v2::{Thread, ThreadListResponse};
use codex_config_loader::EnvSnapshot;
use codex_thread_store::{ListQuery, RolloutStore, SortKey, ThreadStore};
use jiff::tz::TimeZone;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::document::{minute, title};
use super::{complete, report};
use crate::cli::Cli;
use crate::cli::args::print_result;
use crate::cli::show::visible;

/// List threads, the one that changed last first.
#[derive(Debug, Args)]
pub(super) struct List {
    /// The archived threads instead of the others.
    #[arg(long)]
    archived: bool,

    /// Only threads of this folder.
    #[arg(long, value_name = "DIR")]
    cwd: Option<PathBuf>,

    /// Only threads in whose messages this text stands, in any case.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// How many at most.
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,

    /// Print what `thread/list` answers.
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) async fn run(&self, cli: &Cli, env: &EnvSnapshot, store: &RolloutStore) -> anyhow::Result<()> {
        let query = self.query()?;
        let page = match &self.search {
            Some(term) if !term.trim().is_empty() => store.search(query, term).await?.page,
            _ => store.list(query).await?,
        };
        let mut threads: Vec<Thread> = page.threads.into_iter().map(|stored| stored.thread).collect();
        if self.json {
            for thread in &mut threads {
                complete(thread, cli, env).await;
            }
            let answer = ThreadListResponse {
                data: threads,
                read_states: None,
                next_cursor: page.next.map(|cursor| cursor.to_string()),
                backwards_cursor: page.backwards.map(|cursor| cursor.to_string()),
            };
            return print_result(&serde_json::to_string_pretty(&answer)?);
        }
        if threads.is_empty() {
            report("no threads");
            return Ok(());
        }
        let zone = TimeZone::system();
        let lines: Vec<String> = threads.iter().map(|thread| line(thread, &zone)).collect();
        print_result(&lines.join("\n"))?;
        if page.next.is_some() {
            report(&format!("these are the first {}; --limit shows more", threads.len()));
        }
        Ok(())
    }

    fn query(&self) -> anyhow::Result<ListQuery> {
        let cwd = self.cwd.as_ref().map(|folder| -> anyhow::Result<Vec<String>> {
            // A thread has the folder as it was told, by a link or not, and without a slash at the end.
            let spelled: PathBuf = std::path::absolute(folder)?.components().collect();
            let real = spelled.canonicalize().ok().filter(|real| *real != spelled);
            let spellings = std::iter::once(spelled).chain(real);
            Ok(spellings.filter_map(|path| path.into_os_string().into_string().ok()).collect())
        });
        Ok(ListQuery {
            limit: self.limit as usize,
            sort: SortKey::UpdatedAt,
            archived: self.archived,
            cwd: cwd.transpose()?,
            ..ListQuery::default()
        })
    }
}

/// Columns of a folder and of a title.
const FOLDER: usize = 32;
const TITLE: usize = 72;

fn line(thread: &Thread, zone: &TimeZone) -> String {
    let folder = cut_front(&visible(thread.cwd.as_str()), FOLDER);
    let padding = " ".repeat(FOLDER.saturating_sub(folder.width()));
    let title = cut_back(&visible(&title(thread)), TITLE);
    format!("{}  {}  {folder}{padding}  {title}", thread.id, minute(thread.updated_at, zone))
}

/// The beginning of a text in so many columns of a terminal.
fn cut_back(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    fitting(text.chars(), columns - 1).chain(['…']).collect()
}

/// The end of a text in so many columns of a terminal.
fn cut_front(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let end: Vec<char> = fitting(text.chars().rev(), columns - 1).collect();
    std::iter::once('…').chain(end.into_iter().rev()).collect()
}

/// The characters from the first on that fit into so many columns.
fn fitting(chars: impl Iterator<Item = char>, columns: usize) -> impl Iterator<Item = char> {
    chars
        .scan(0, |width, char| {
            *width += char.width().unwrap_or(0);
            Some((*width, char))
        })
        .take_while(move |(width, _)| *width <= columns)
        .map(|(_, char)| char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_is_cut_by_columns() {
        assert_eq!(cut_back("four", 4), "four");
        assert_eq!(cut_back("fives", 4), "fiv…");
        assert_eq!(cut_back("日本語", 5), "日本…");
        assert_eq!(cut_back("日本語", 4), "日…");
        assert_eq!(cut_front("/日本/語/ab", 8), "…/語/ab");
        assert_eq!(cut_front("", 3), "");
        assert_eq!(cut_back("e\u{301}e\u{301}", 2), "e\u{301}e\u{301}");
    }
}
