//! Errors wrapped with context, and matched by kind.

use std::error::Error;
use std::iter;
use std::time::Duration;

// region: errors
#[derive(Debug, thiserror::Error)]
enum StoreError {
    #[error("not found")]
    NotFound,
    #[error("timed out after {after:?}")]
    Timeout { after: Duration },
}

#[derive(Debug, thiserror::Error)]
#[error("load user {id}")]
struct LoadError {
    id: u32,
    source: StoreError,
}

fn load_user(id: u32) -> Result<&'static str, LoadError> {
    fetch(id).map_err(|source| LoadError { id, source })
}
// endregion

fn fetch(id: u32) -> Result<&'static str, StoreError> {
    match id {
        1 => Ok("Ada"),
        2 => Err(StoreError::Timeout {
            after: Duration::from_secs(2),
        }),
        _ => Err(StoreError::NotFound),
    }
}

// region: match
fn status(error: &LoadError) -> u16 {
    match error.source {
        StoreError::NotFound => 404,
        StoreError::Timeout { .. } => 503,
    }
}
// endregion

/// Returns an error and its causes in one line.
fn chain(error: &dyn Error) -> String {
    let causes = iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn main() {
    for id in 1..=3 {
        match load_user(id) {
            Ok(name) => println!("200 {name}"),
            Err(error) => println!("{} {}", status(&error), chain(&error)),
        }
    }
}
