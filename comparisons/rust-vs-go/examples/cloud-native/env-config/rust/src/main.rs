//! Configuration from the environment, with defaults, and with all its errors at once.

use std::env;
use std::num::NonZero;
use std::str::FromStr;

// region: config
struct Config {
    host: String,
    port: u16,
    workers: NonZero<usize>,
}

impl Config {
    fn load(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut settings = Settings {
            lookup,
            errors: Vec::new(),
        };
        let config = Self {
            host: settings.get("APP_HOST", "127.0.0.1".to_owned()),
            port: settings.get("APP_PORT", 8080),
            workers: settings.get("APP_WORKERS", const { NonZero::new(4).unwrap() }),
        };
        if settings.errors.is_empty() {
            Ok(config)
        } else {
            Err(settings.errors)
        }
    }
}
// endregion

// region: lookup
struct Settings<F> {
    lookup: F,
    errors: Vec<String>,
}

impl<F: Fn(&str) -> Option<String>> Settings<F> {
    fn get<T: FromStr>(&mut self, name: &str, default: T) -> T {
        let Some(text) = (self.lookup)(name) else {
            return default;
        };
        text.parse().unwrap_or_else(|_| {
            self.errors.push(format!("{name}: invalid value {text:?}"));
            default
        })
    }
}
// endregion

fn print(config: Result<Config, Vec<String>>) {
    match config {
        Ok(Config {
            host,
            port,
            workers,
        }) => println!("{host}:{port}, {workers} workers"),
        Err(errors) => println!("{}", errors.join("\n")),
    }
}

fn main() {
    print(Config::load(|name| env::var(name).ok()));
    print(Config::load(|name| match name {
        "APP_PORT" => Some("80800".to_owned()),
        "APP_WORKERS" => Some("0".to_owned()),
        _ => None,
    }));
}
