//! Commands that really try what they must not do, under every backend that works on this host.
#![cfg_attr(
    target_os = "linux",
    expect(
        clippy::unwrap_used,
        clippy::panic,
        clippy::print_stderr,
        reason = "a test fails by panicking and says what it skips"
    )
)]

#[cfg(target_os = "linux")]
mod escapes;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod lives;
#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod support;
