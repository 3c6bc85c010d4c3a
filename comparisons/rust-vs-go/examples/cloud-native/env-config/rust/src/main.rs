//! Configuration from the environment, with defaults, and with all its errors at once.

use std::env;
use std::ffi::OsString;
use std::num::NonZero;
use std::str::FromStr;

// region: config
struct Config {
    host: String,
    port: u16,
    workers: NonZero<usize>,
}

impl Config {
    fn load(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Vec<String>> {
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

impl<F: Fn(&str) -> Option<OsString>> Settings<F> {
    fn get<T: FromStr>(&mut self, name: &str, default: T) -> T {
        let Some(value) = (self.lookup)(name) else {
            return default;
        };
        let parsed = value.to_str().and_then(|text| text.parse().ok());
        parsed.unwrap_or_else(|| {
            self.errors.push(format!("{name}: invalid value {value:?}"));
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
    print(Config::load(|name| env::var_os(name)));
    print(Config::load(|name| match name {
        "APP_PORT" => Some("80800".into()),
        "APP_WORKERS" => Some("0".into()),
        _ => None,
    }));
}
