//! The test support against servers and clients whose every line is written here.

mod clients;
mod models;
mod servers;
