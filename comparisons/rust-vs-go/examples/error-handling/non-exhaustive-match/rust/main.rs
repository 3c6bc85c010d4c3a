//! A match that misses a new kind of failure: the compiler refuses it.

#[derive(Debug)]
enum Failure {
    NotFound,
    TimedOut,
    RateLimited,
}

fn should_retry(failure: &Failure) -> bool {
    match failure {
        Failure::NotFound => false,
        Failure::TimedOut => true,
    }
}

fn main() {
    for failure in [Failure::NotFound, Failure::TimedOut, Failure::RateLimited] {
        println!("{failure:?}: retry {}", should_retry(&failure));
    }
}
