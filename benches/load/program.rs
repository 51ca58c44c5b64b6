//! The program as a process: started, watched, told to end.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A server of its own; it ends with this.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    pub(crate) fn start(store: &Path) -> Program {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dalil"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--store"]).arg(store).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        Program { child, address }
    }

    /// What the program holds while the time passes, told every second.
    pub(crate) fn watched(&self, time: Duration) -> Memory {
        let (begun, mut out) = (Instant::now(), Memory::default());
        while begun.elapsed() < time {
            std::thread::sleep(Duration::from_secs(1));
            let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
            let told = |key: &str| {
                let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default();
                line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0)
            };
            out.anonymous.push(told("RssAnon:") / 1024.0);
            out.mapped.push(told("RssFile:") / 1024.0);
            out.threads.push(told("Threads:"));
            out.files.push(std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count) as f64);
        }
        out
    }

    /// Asks it to end as a system does (SIGTERM), and waits.
    pub(crate) fn told_to_end(&mut self) -> ExitStatus {
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One value a second of each.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    anonymous: Vec<f64>,
    mapped: Vec<f64>,
    threads: Vec<f64>,
    files: Vec<f64>,
}

impl Memory {
    /// Megabytes that the process holds itself: on average in the second fifth of the time, in the last one, and the most ever.
    pub(crate) fn flat(&self) -> [f64; 3] {
        [part(&self.anonymous, 1), part(&self.anonymous, 4), most(&self.anonymous)]
    }

    pub(crate) fn rest(&self) -> String {
        format!(
            "of files in memory {:.0} MB, then {:.0}; threads {:.0}, then {:.0}; open files {:.0}, then {:.0}, at most {:.0}",
            part(&self.mapped, 1),
            part(&self.mapped, 4),
            part(&self.threads, 1),
            part(&self.threads, 4),
            part(&self.files, 1),
            part(&self.files, 4),
            most(&self.files)
        )
    }
}

fn part(values: &[f64], fifth: usize) -> f64 {
    let part = &values[values.len() * fifth / 5..values.len() * (fifth + 1) / 5];
    part.iter().sum::<f64>() / part.len().max(1) as f64
}

fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}
