//! The command line of dalil.

use std::process::ExitCode;

fn main() -> ExitCode {
    dalil::cli::run(std::env::args_os())
}
