//! Reading a rollout back.
