//! What a run takes from the machine: threads, and the size of the pages of its memory.

use crate::workspace::Work;

/// From so many manifests on, memory is filled fast enough for huge pages: each saves many small ones, but one that
/// is hardly used costs a fifth of a millisecond to clear, on each thread.
const MIN_FOR_HUGE_PAGES: usize = 400;

pub struct Machine {
    /// Whether huge pages may be had, and were put off.
    put_off: bool,
}

impl Machine {
    /// To be called before there are other threads.
    pub fn prepare() -> Self {
        Self {
            put_off: huge_pages::put_off(),
        }
    }

    /// To be called when it is known how much there is to do.
    pub fn expect(&self, work: Work) {
        let pool = rayon::ThreadPoolBuilder::new();
        let pool = match work {
            Work::Manifests(manifests) => {
                if self.put_off && manifests >= MIN_FOR_HUGE_PAGES {
                    huge_pages::allow();
                }
                return;
            }
            Work::Much => pool,
            // Another thread would be waited for, and wait, longer than it works: of ten manifests, a quarter of the time.
            Work::Little => pool.num_threads(1),
        };
        // The main thread has nothing better to do than to work, too; on Windows its stack is too small for that.
        let pool = if cfg!(windows) { pool } else { pool.use_current_thread() };
        // Where there is a pool already, that one is used.
        let _ = pool.build_global();
    }
}

/// Only wishes: if they are refused, all goes on as it would.
#[cfg(target_os = "linux")]
mod huge_pages {
    use rustix::thread::{disable_transparent_huge_pages, transparent_huge_pages_are_disabled};

    /// Whether they were enabled before. What others have disabled stays so.
    pub fn put_off() -> bool {
        transparent_huge_pages_are_disabled() == Ok(false) && disable_transparent_huge_pages(true).is_ok()
    }

    pub fn allow() {
        let _ = disable_transparent_huge_pages(false);
    }
}

#[cfg(not(target_os = "linux"))]
mod huge_pages {
    pub fn put_off() -> bool {
        false
    }

    pub fn allow() {}
}
