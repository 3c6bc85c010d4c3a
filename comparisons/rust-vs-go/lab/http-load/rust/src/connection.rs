//! A connection that is kept alive and has at most one request under way.

use std::error::Error;
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Instant;

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};

use crate::requests::Requests;

const HEADERS: usize = 32;

/// What a server answered.
pub struct Answer {
    /// When the request should have been sent; its latency begins there.
    pub due: Instant,
    pub status: u16,
    pub location: Option<String>,
}

pub struct Connection {
    stream: TcpStream,
    due: Option<Instant>,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects, so that no run has to wait for it.
    pub fn open(
        address: SocketAddr,
        registry: &Registry,
        token: Token,
    ) -> Result<Self, Box<dyn Error>> {
        let stream = std::net::TcpStream::connect(address)?;
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        let mut stream = TcpStream::from_std(stream);
        registry.register(&mut stream, token, Interest::READABLE)?;
        Ok(Self {
            stream,
            due: None,
            buffer: Vec::new(),
        })
    }

    /// Sends the next request, which was due at a time.
    ///
    /// All answers were read, so a request fits into the socket's buffer at once.
    pub fn send(&mut self, requests: &mut Requests, due: Instant) -> Result<(), Box<dyn Error>> {
        requests.write_next(&mut self.buffer);
        self.stream.write_all(&self.buffer)?;
        self.buffer.clear();
        self.due = Some(due);
        Ok(())
    }

    /// Reads what has come; returns the answer once it is whole.
    pub fn receive(&mut self) -> Result<Option<Answer>, Box<dyn Error>> {
        let mut chunk = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err("the server closed a connection".into()),
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(head) = response.parse(&self.buffer)? else {
            return Ok(None);
        };
        let status = response.code.unwrap_or_default();
        let header = |name: &str| {
            let found = response
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(found.value).ok()
        };
        let length: usize = match header("content-length") {
            Some(text) => text.parse()?,
            None if status == 204 => 0,
            None => return Err("an answer has no Content-Length".into()),
        };
        if self.buffer.len() < head + length {
            return Ok(None);
        }
        let location = header("location").map(String::from);
        let due = self.due.take().ok_or("an answer without a request")?;
        self.buffer.clear();
        Ok(Some(Answer {
            due,
            status,
            location,
        }))
    }
}
