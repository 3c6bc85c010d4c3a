//! Optional settings with defaults and a check: a builder.

use std::time::Duration;

#[derive(Debug, thiserror::Error)]
enum ConfigError {
    #[error("timeout must be positive")]
    ZeroTimeout,
}

struct Client {
    url: String,
    timeout: Duration,
    retries: u32,
}

// region: settings
impl Client {
    fn builder(url: impl Into<String>) -> ClientBuilder {
        ClientBuilder(Client {
            url: url.into(),
            timeout: Duration::from_secs(5),
            retries: 3,
        })
    }
}

#[must_use]
struct ClientBuilder(Client);

impl ClientBuilder {
    fn timeout(mut self, timeout: Duration) -> Self {
        self.0.timeout = timeout;
        self
    }

    fn retries(mut self, retries: u32) -> Self {
        self.0.retries = retries;
        self
    }

    fn build(self) -> Result<Client, ConfigError> {
        if self.0.timeout.is_zero() {
            return Err(ConfigError::ZeroTimeout);
        }
        Ok(self.0)
    }
}
// endregion

// region: use
fn main() {
    let builders = [
        Client::builder("http://db:5432"),
        Client::builder("http://db:5432")
            .timeout(Duration::from_millis(500))
            .retries(0),
        Client::builder("http://db:5432").timeout(Duration::ZERO),
    ];
    for builder in builders {
        match builder.build() {
            Ok(client) => println!(
                "{} timeout {:?}, {} retries",
                client.url, client.timeout, client.retries
            ),
            Err(error) => println!("error: {error}"),
        }
    }
}
// endregion
