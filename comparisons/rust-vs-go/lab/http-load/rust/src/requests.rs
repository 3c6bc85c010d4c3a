//! The requests of a run, one after the other, always in the same order.

use std::collections::VecDeque;

use crate::options::Template;

/// Writes requests in turn.
pub struct Requests {
    host: String,
    templates: Vec<Template>,
    keys: u64,
    next: usize,
    random: u64,
    created: VecDeque<String>,
}

impl Requests {
    pub fn new(host: String, templates: Vec<Template>, keys: u64) -> Self {
        Self {
            host,
            templates,
            keys,
            next: 0,
            random: 0x9E37_79B9_7F4A_7C15,
            created: VecDeque::new(),
        }
    }

    /// Remembers what an answer's `Location` says was created; `{created}` takes it up.
    pub fn created(&mut self, location: String) {
        self.created.push_back(location);
    }

    /// Puts the next request into a buffer.
    pub fn write_next(&mut self, buffer: &mut Vec<u8>) {
        let count = self.templates.len();
        let mut index = self.next % count;
        // Before anything was created, the request after that one is due.
        if self.templates[index].path == "{created}" && self.created.is_empty() {
            index = (index + 1) % count;
        }
        self.next = index + 1;
        let number = self.random_key().to_string();
        let Template { method, path, body } = &self.templates[index];
        let path = match path.as_str() {
            "{created}" => self.created.pop_front().unwrap_or_default(),
            path => path.replace("{n}", &number),
        };
        let body = body.replace("{n}", &number);
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        buffer.clear();
        buffer.extend_from_slice(head.as_bytes());
        if !body.is_empty() {
            let kind = "Content-Type: application/json\r\nContent-Length:";
            buffer.extend_from_slice(format!("{kind} {}\r\n", body.len()).as_bytes());
        }
        buffer.extend_from_slice(b"\r\n");
        buffer.extend_from_slice(body.as_bytes());
    }

    /// Returns a number from 1 to `keys`, by xorshift64 from a fixed seed.
    fn random_key(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % self.keys + 1
    }
}
