//! Configuration: read with its layers, written safely, limited by administrators.

pub mod apps;
pub mod read;
pub mod requirements;
pub mod requirements_browser;
pub mod requirements_hooks;
pub mod requirements_network;
pub mod requirements_otel;
pub mod values;
pub mod write;
