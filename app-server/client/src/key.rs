//! Keys by which a server knows a request again.

use std::hash::{BuildHasher, RandomState};

/// A key that nobody has used: 128 bits of chance.
pub(crate) fn fresh() -> String {
    // A hasher begins with keys that nobody can tell beforehand.
    let half = |number: u8| RandomState::new().hash_one(number);
    format!("{:016x}{:016x}", half(0), half(1))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn keys_differ() {
        let keys: HashSet<String> = (0..1000).map(|_| super::fresh()).collect();
        assert!(keys.len() == 1000 && keys.iter().all(|key| key.len() == 32));
    }
}
