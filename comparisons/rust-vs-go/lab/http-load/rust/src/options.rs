//! The command line.

use std::time::Duration;

pub const USAGE: &str = "usage: http-load ADDRESS [--rate N] [--seconds N] [--connections N] \
    [--keys N] 'METHOD PATH [BODY]'...";

/// What to send, and how fast.
pub struct Options {
    pub address: String,
    /// Requests a second; without it each connection asks as soon as it has its answer.
    pub rate: Option<f64>,
    pub duration: Duration,
    pub connections: usize,
    /// `{n}` in a path or body stands for a number from 1 to this one.
    pub keys: u64,
    /// They are sent in turn.
    pub requests: Vec<Template>,
}

/// A request, in which `{n}` and `{created}` may stand for what changes.
pub struct Template {
    pub method: String,
    pub path: String,
    pub body: String,
}

impl Options {
    /// Reads the arguments.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            address: arguments.next().ok_or(USAGE)?,
            rate: None,
            duration: Duration::from_secs(1),
            connections: 16,
            keys: 1,
            requests: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let Some(name) = argument.strip_prefix("--") else {
                options.requests.push(Template::parse(&argument)?);
                continue;
            };
            let value: f64 = arguments
                .next()
                .and_then(|text| text.parse().ok())
                .filter(|value| *value > 0.0)
                .ok_or_else(|| format!("--{name} needs a number above zero"))?;
            match name {
                "rate" => options.rate = Some(value),
                "seconds" => options.duration = Duration::from_secs_f64(value),
                "connections" => options.connections = value as usize,
                "keys" => options.keys = value as u64,
                _ => return Err(format!("unknown option --{name}\n{USAGE}")),
            }
        }
        if options.requests.is_empty() {
            return Err(USAGE.into());
        }
        Ok(options)
    }
}

impl Template {
    fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ' ').map(String::from);
        match (parts.next(), parts.next()) {
            (Some(method), Some(path)) => Ok(Self {
                method,
                path,
                body: parts.next().unwrap_or_default(),
            }),
            _ => Err(format!("'{text}' is no request\n{USAGE}")),
        }
    }
}
