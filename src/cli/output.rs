//! Standard output is the result alone; everything else goes to standard error.

use std::io::{self, BufWriter, StdoutLock};

/// What is said beside the result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Log {
    pub(super) is_quiet: bool,
}

impl Log {
    /// How it goes: for who waits.
    pub(super) fn progress(self, line: &str) {
        if !self.is_quiet {
            eprintln!("{line}");
        }
    }

    /// What was refused: always said.
    #[expect(clippy::unused_self, reason = "the two ways to speak are called alike")]
    pub(super) fn refuse(self, line: &str) {
        eprintln!("{line}");
    }
}

/// Standard output, buffered; write with `writeln!(…)?` so that a reader who leaves early ends us quietly.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}
