//! Memory that is free in the process and not yet free for others.
//!
//! The allocator of glibc keeps what was freed in the middle of its heaps. After many threads of work at once that is most of a
//! process: a server that had served 200 clients kept 72 MiB, of which it used 17. What must hold: this crate is the only one
//! with unsafe code, and nothing in it can be misused from outside.

/// Gives the pages that the allocator holds and nobody uses back to the system. Takes some milliseconds in a large process and
/// stands in the way of other allocations meanwhile, so it is for times of rest. Does nothing where the allocator is another.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "no crate offers it in a safe form")]
        // SAFETY: it takes the locks that it needs, and changes nothing that is in use.
        unsafe {
            libc::malloc_trim(0);
        }
    }
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    /// Pages of the process that are in memory.
    fn resident() -> usize {
        let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
        statm.split(' ').nth(1).unwrap().parse().unwrap()
    }

    #[test]
    fn what_was_freed_between_what_is_used_goes_back() {
        // Small enough to come from the heap; every hundredth stays, so that the rest cannot go by itself.
        let mut blocks: Vec<Option<Box<[u8; 4096]>>> =
            (0..20_000).map(|number| Some(Box::new([number as u8; 4096]))).collect();
        blocks.iter_mut().enumerate().filter(|(at, _)| at % 100 != 0).for_each(|(_, block)| *block = None);
        let before = resident();
        super::give_back();
        let after = resident();
        assert!(after + 5_000 < before, "{after} pages of {before}");
        assert!(blocks.iter().flatten().enumerate().all(|(at, block)| block[4095] == (at * 100) as u8));
    }
}
