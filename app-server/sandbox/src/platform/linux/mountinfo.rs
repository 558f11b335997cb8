//! Reads the kernel's table of mounts.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use rustix::mount::MountFlags;

/// One mount of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// Its number.
    pub id: u64,
    /// Where it is, seen from the root of this process.
    pub point: PathBuf,
    /// Those of its flags that a change of others must repeat.
    pub flags: MountFlags,
}

/// Parses the text of `/proc/self/mountinfo`; nothing when a line is not as the kernel documents it.
pub fn parse(text: &[u8]) -> Option<Vec<Mount>> {
    text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(line).collect()
}

fn line(line: &[u8]) -> Option<Mount> {
    let mut fields = line.split(|byte| *byte == b' ');
    let id = std::str::from_utf8(fields.next()?).ok()?.parse().ok()?;
    let point = PathBuf::from(OsString::from_vec(unescaped(fields.nth(3)?)));
    let mut flags = MountFlags::empty();
    for option in fields.next()?.split(|byte| *byte == b',') {
        flags |= match option {
            b"ro" => MountFlags::RDONLY,
            b"nosuid" => MountFlags::NOSUID,
            b"nodev" => MountFlags::NODEV,
            b"noexec" => MountFlags::NOEXEC,
            b"nosymfollow" => MountFlags::NOSYMFOLLOW,
            _ => MountFlags::empty(),
        };
    }
    Some(Mount { id, point, flags })
}

/// Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits.
fn unescaped(field: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let escaped = after
            .get(..3)
            .filter(|_| *first == b'\\')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[3..] } else { after };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_table_of_this_process_is_understood() {
        let mounts = parse(&std::fs::read("/proc/self/mountinfo").unwrap()).unwrap();
        assert!(mounts.iter().any(|mount| mount.point.as_os_str() == "/"));
    }

    #[test]
    fn flags_and_odd_names_are_read() {
        let text = b"36 35 98:0 /mnt1 /mnt\\040two\\134 ro,nosuid,nodev,noatime master:1 - ext3 /dev/root rw\n";
        let flags = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
        assert_eq!(parse(text).unwrap(), [Mount { id: 36, point: "/mnt two\\".into(), flags }]);
        assert_eq!(parse(b"36 35 98:0 /mnt1"), None);
    }

    proptest! {
        #[test]
        fn every_name_survives_the_escape(name in "[a-z \\\\\n\t\u{e9}]{0,20}") {
            let mut escaped = Vec::new();
            for byte in name.bytes() {
                match byte {
                    b' ' | b'\t' | b'\n' | b'\\' => escaped.extend(format!("\\{byte:03o}").bytes()),
                    _ => escaped.push(byte),
                }
            }
            prop_assert_eq!(unescaped(&escaped), name.into_bytes());
        }
    }
}
