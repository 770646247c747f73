//! What a run takes from the machine: threads, and the size of the pages of its memory.

/// From so many manifests on, memory is filled fast enough for huge pages: each saves many small ones, but one that
/// is hardly used costs a fifth of a millisecond to clear, on each thread.
const MANY: usize = 400;

/// To be called before there are other threads.
pub fn prepare() {
    let _ = use_huge_pages(false);
    // The main thread has nothing better to do than to work, too. Where there is a pool already, that one is used.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// To be called when it is known how much there is to do.
pub fn expect(manifests: usize) {
    if manifests >= MANY {
        let _ = use_huge_pages(true);
    }
}

/// Only a wish, and only Linux is asked: elsewhere, or if it is refused, all goes on as it would.
#[cfg(target_os = "linux")]
fn use_huge_pages(wanted: bool) -> rustix::io::Result<()> {
    rustix::thread::disable_transparent_huge_pages(!wanted)
}

#[cfg(not(target_os = "linux"))]
fn use_huge_pages(_: bool) -> Result<(), ()> {
    Ok(())
}
