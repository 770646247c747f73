//! soclint's command line: arguments in, exit status out.

use std::process::ExitCode;

/// Reading an estate is mostly many small allocations on several threads.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    soclint::main()
}
