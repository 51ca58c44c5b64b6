//! The command line of dalil.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Reading a report takes thousands of small pieces of memory and gives them back; ARCHITECTURE.md says what this one is worth.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    dalil::cli::run(std::env::args_os())
}
