//! Commands that really try what they must not do, under every backend that works on this host.

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
