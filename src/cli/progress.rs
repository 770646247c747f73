//! A line on the terminal that shows progress once a run has lasted a while.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Shorter runs say nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const EVERY: Duration = Duration::from_millis(250);

/// Shows on standard error what is being done, if that is a terminal.
pub struct Progress {
    shown: RefCell<Option<(Sender<&'static str>, JoinHandle<()>)>>,
}

impl Progress {
    pub fn start(doing: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self {
                shown: RefCell::new(None),
            };
        }
        let (send, receive) = channel();
        let shown = std::thread::Builder::new().spawn(move || {
            let start = Instant::now();
            let (mut doing, mut wait, mut drawn) = (doing, PATIENCE, false);
            loop {
                match receive.recv_timeout(wait) {
                    Ok(next) => {
                        doing = next;
                        wait = PATIENCE.saturating_sub(start.elapsed()).max(Duration::from_millis(1));
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        drawn = true;
                        wait = EVERY;
                        let _ = write!(
                            std::io::stderr(),
                            "\r\x1b[2Ksoclint: {doing} ({} s)",
                            start.elapsed().as_secs()
                        );
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if drawn {
                let _ = write!(std::io::stderr(), "\r\x1b[2K");
            }
        });
        Self {
            shown: RefCell::new(shown.ok().map(|thread| (send, thread))),
        }
    }

    pub fn now(&self, doing: &'static str) {
        if let Some((send, _)) = &*self.shown.borrow() {
            let _ = send.send(doing);
        }
    }

    /// Takes the line away: something else is to be printed.
    pub fn finish(&self) {
        if let Some((send, thread)) = self.shown.take() {
            drop(send);
            let _ = thread.join();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
