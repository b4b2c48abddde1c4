//! A real `orienta` in a process of its own, and the shortest HTTP client that tells whether an answer came whole.

use super::place::Place;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};

/// A server process; killed when it is dropped.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

impl Process {
    /// `orienta serve` on a place.
    pub fn orienta(place: &Place) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orienta"));
        command.args(["serve", "--addr", "127.0.0.1:0", "--public-url", super::app::PUBLIC_URL, "--data-dir"]).arg(place.folder());
        if let Some(url) = place.url() {
            command.args(["--database-url", url]);
        }
        Self::start(command)
    }

    /// Any program that says where it listens.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let said = BufReader::new(child.stdout.take().expect("its output"));
        let address =
            said.lines().map_while(Result::ok).find_map(|line| line.split_once("listening on http://").map(|(_, at)| at.to_owned()));
        let Some(address) = address else { panic!("it ended instead: {:?}", child.wait()) };
        Self { child, address: address.trim().parse().expect("an address") }
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Sends one request on a connection of its own: status, headers and body, if the answer came whole.
///
/// # Errors
/// When the server is gone, or went while it answered.
pub fn ask(address: SocketAddr, method: &str, path: &str, cookies: &str, kind: &str, body: &str) -> io::Result<(u16, String, String)> {
    let mut stream = TcpStream::connect(address)?;
    // HTTP/1.0: the answer is not in chunks, and ends with the connection.
    let head = format!(
        "{method} {path} HTTP/1.0\r\nhost: {address}\r\ncookie: {cookies}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let whole = || io::Error::new(io::ErrorKind::UnexpectedEof, "cut off");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(whole)?;
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(whole)?;
    let length = head
        .lines()
        .find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned))
        .and_then(|l| l.parse::<usize>().ok());
    if length.is_some_and(|l| l != body.len()) {
        return Err(whole());
    }
    Ok((status, head.to_owned(), body.to_owned()))
}
