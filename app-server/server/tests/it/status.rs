//! The README's status table is what the declaration says.

use std::fmt::Write;
use std::path::Path;

use codex_app_server_protocol::{
    ClientNotification, ClientRequest, MethodRow, ServerNotification, ServerRequest, Stability,
};

const BEGIN: &str = "<!-- status:begin -->\n";
const END: &str = "<!-- status:end -->";

fn table() -> String {
    let parts: [(&str, &[MethodRow], &str); 4] = [
        ("Requests of clients", ClientRequest::ROWS, "works"),
        ("Requests of the server", ServerRequest::ROWS, "typed"),
        ("Notifications of the server", ServerNotification::ROWS, "typed"),
        ("Notifications of clients", ClientNotification::ROWS, "works"),
    ];
    let mut text = String::new();
    for (title, rows, built) in parts {
        let done = rows.iter().filter(|row| !row.planned).count();
        let _ = write!(text, "\n**{title}: {done} of {} built**\n\n", rows.len());
        text.push_str("| method | status | |\n|---|---|---|\n");
        for row in rows.iter().filter(|row| !row.planned) {
            let docs: Vec<&str> = row.docs.iter().map(|line| line.trim()).collect();
            let (status, partly) = match row.partly {
                "" => (built, String::new()),
                missing => ("partly", format!(" *Missing: {missing}.*")),
            };
            let _ = writeln!(text, "| `{}`{} | {status} | {}{partly} |", row.name, mark(row), docs.join(" "));
        }
        let planned: Vec<String> =
            rows.iter().filter(|row| row.planned).map(|row| format!("`{}`{}", row.name, mark(row))).collect();
        if !planned.is_empty() {
            let _ = write!(
                text,
                "\n<details><summary>{} planned</summary>\n\n{}\n\n</details>\n",
                planned.len(),
                planned.join(", ")
            );
        }
    }
    text.push_str("\n(e) experimental, (x) an extension of this server ([docs/extensions.md](docs/extensions.md)), (h) hidden: answered for old clients, in no\nschema.\n\n");
    text
}

fn mark(row: &MethodRow) -> &'static str {
    match row.stability {
        Stability::Stable => "",
        Stability::Experimental => " (e)",
        Stability::Extension => " (x)",
        Stability::Hidden => " (h)",
    }
}

#[test]
fn status_table_of_the_readme_is_the_declaration() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = readme.split_once(BEGIN).expect("the README has the mark where the table begins");
    let (shown, tail) = rest.split_once(END).expect("the README has the mark where the table ends");
    let wanted = table();
    if std::env::var_os("UPDATE_STATUS").is_some() {
        std::fs::write(&path, format!("{head}{BEGIN}{wanted}{END}{tail}")).unwrap();
        return;
    }
    assert_eq!(shown, wanted, "the README's status table is out of date; `just schema` refreshes it");
}
