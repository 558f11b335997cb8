//! Events from odd streams, and the property that cuts do not matter.

use proptest::prelude::*;

use super::*;

fn events(pieces: &[&[u8]]) -> Vec<Vec<u8>> {
    let mut parser = SseParser::default();
    let mut found = Vec::new();
    for piece in pieces {
        parser.push(piece, |data| found.push(data.to_vec())).unwrap();
    }
    found
}

fn texts(stream: &str) -> Vec<String> {
    events(&[stream.as_bytes()]).into_iter().map(|data| String::from_utf8(data).unwrap()).collect()
}

/// The specification's rules, line by line, on a stream that is all there.
fn plain(stream: &[u8]) -> Vec<Vec<u8>> {
    let stream = stream.strip_prefix(b"\xef\xbb\xbf").unwrap_or(stream);
    let mut lines = vec![Vec::new()];
    let mut bytes = stream.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' => {
                bytes.next_if_eq(&b'\n');
                lines.push(Vec::new());
            }
            b'\n' => lines.push(Vec::new()),
            byte => lines.last_mut().unwrap().push(byte),
        }
    }
    lines.pop();
    let (mut found, mut data) = (Vec::new(), Vec::<Vec<u8>>::new());
    for line in lines {
        if line.is_empty() {
            if !data.is_empty() {
                found.push(data.join(&b'\n'));
                data.clear();
            }
        } else if line == b"data" {
            data.push(Vec::new());
        } else if let Some(value) = line.strip_prefix(b"data:") {
            data.push(value.strip_prefix(b" ").unwrap_or(value).to_vec());
        }
    }
    found
}

#[test]
fn fields_and_line_ends() {
    assert_eq!(texts("event: a\ndata: {\"x\":1}\n\n"), ["{\"x\":1}"]);
    assert_eq!(texts("data:no space\r\n\r\ndata:  two\r\n\r\n"), ["no space", " two"]);
    assert_eq!(texts("data: a\rdata: b\r\r"), ["a\nb"]);
    assert_eq!(texts(": comment\n\nid: 7\nretry: 1\n\ndata: [DONE]\n\n"), ["[DONE]"]);
    assert_eq!(texts("data\n\n"), [""]);
    assert_eq!(texts("database: x\n\n"), [""; 0]);
    assert_eq!(texts("\u{feff}data: bom\n\n"), ["bom"]);
}

#[test]
fn an_event_that_never_ended_is_none() {
    assert_eq!(texts("data: a\n\ndata: cut\n"), ["a"]);
    assert_eq!(texts("data: a"), [""; 0]);
}

#[test]
fn bytes_that_are_no_text_pass() {
    assert_eq!(events(&[b"data: \xff\xfe\n\n"]), [b"\xff\xfe".to_vec()]);
}

#[test]
fn a_carriage_return_at_a_cut_ends_one_line() {
    assert_eq!(events(&[b"data: a\r", b"\n\r", b"\ndata: b\r\n\r\n"]), [b"a".to_vec(), b"b".to_vec()]);
    assert_eq!(events(&[b"data: a\r", b"", b"\n", b"\n"]), [b"a".to_vec()]);
}

#[test]
fn garbage_is_bounded() {
    let mut parser = SseParser::with_limit(1000);
    let mut pushed = 0;
    let error = loop {
        if let Err(error) = parser.push(&[b'x'; 100], |_| {}) {
            break error;
        }
        pushed += 100;
        assert!(pushed <= 1000);
    };
    assert_eq!(error.to_string(), "an event is longer than 1000 bytes");

    let mut parser = SseParser::with_limit(1000);
    let mut lines = 0;
    while parser.push(b"data: 0123456789\n", |_| {}).is_ok() {
        lines += 1;
        assert!(lines <= 100);
    }
    let mut parser = SseParser::with_limit(20);
    let mut seen = 0;
    assert!(parser.push(b"data: ok\n\ndata: 0123456789012345678901234567890\n", |_| seen += 1).is_err());
    assert_eq!(seen, 1);
}

proptest! {
    #[test]
    fn cuts_do_not_matter(
        stream in proptest::collection::vec(
            prop_oneof![
                Just(b"\n".to_vec()), Just(b"\r".to_vec()), Just(b"\r\n".to_vec()), Just(b"data: ".to_vec()),
                Just(b"data".to_vec()), Just(b":".to_vec()), Just(b"\n\n".to_vec()), Just(b"\xef\xbb\xbf".to_vec()),
                proptest::collection::vec(any::<u8>(), 0..6), Just(b"event: x\n".to_vec()),
            ],
            0..40,
        ),
        cuts in proptest::collection::vec(0usize..200, 0..12),
    ) {
        let stream: Vec<u8> = stream.concat();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &stream[pair[0]..pair[1]]).collect();
        prop_assert_eq!(events(&pieces), plain(&stream));
    }
}
