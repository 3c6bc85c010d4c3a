//! Calls eight functions deep again and again; the innermost one succeeds, fails or panics.

use std::error::Error;
use std::fmt;
use std::hint::black_box;
use std::panic;

const DEPTH: u32 = 8;

type Boxed = Box<dyn Error + Send + Sync>;

#[derive(Debug)]
struct OddError(u64);

impl fmt::Display for OddError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is odd", self.0)
    }
}

impl Error for OddError {}

#[derive(Debug)]
struct LevelError {
    level: u32,
    source: Boxed,
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "level {}: {}", self.level, self.source)
    }
}

impl Error for LevelError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

fn even(n: u64) -> Result<u64, OddError> {
    if n.is_multiple_of(2) {
        Ok(n)
    } else {
        Err(OddError(n))
    }
}

#[inline(never)]
fn returned(level: u32, n: u64) -> Result<u64, OddError> {
    if level == 0 {
        return even(n);
    }
    Ok(returned(level - 1, black_box(n))? + 1)
}

#[inline(never)]
fn wrapped(level: u32, n: u64) -> Result<u64, Boxed> {
    if level == 0 {
        return Ok(even(n)?);
    }
    let inner = wrapped(level - 1, black_box(n)).map_err(|source| LevelError { level, source })?;
    Ok(inner + 1)
}

#[inline(never)]
fn panicking(level: u32, n: u64) -> u64 {
    if level == 0 {
        return even(n).unwrap_or_else(|error| panic!("{error}"));
    }
    panicking(level - 1, black_box(n)) + 1
}

/// Returns the call of a case, which gives a small number that depends on how it has ended.
fn operation(case: &str) -> fn(u64) -> u64 {
    match case {
        "return-ok" => |n| returned(DEPTH, 2 * n).unwrap_or(0) % 16,
        "return-error" => |n| returned(DEPTH, 2 * n + 1).map_or_else(|error| error.0 % 16, |_| 0),
        "wrap-ok" => |n| wrapped(DEPTH, 2 * n).unwrap_or(0) % 16,
        "wrap-error" => |n| wrapped(DEPTH, 2 * n + 1).map_or_else(|error| odd(&*error) % 16, |_| 0),
        "wrap-print" => {
            |n| wrapped(DEPTH, 2 * n + 1).map_or_else(|error| error.to_string().len() as u64, |_| 0)
        }
        "catch-ok" => |n| panic::catch_unwind(|| panicking(DEPTH, 2 * n)).unwrap_or(0) % 16,
        "catch-panic" => |n| panic::catch_unwind(|| panicking(DEPTH, 2 * n + 1)).unwrap_or(1),
        _ => unreachable!("a case that there is"),
    }
}

/// Returns the number of the error that others wrap.
fn odd(error: &(dyn Error + 'static)) -> u64 {
    std::iter::successors(Some(error), |&error| error.source())
        .find_map(|error| error.downcast_ref::<OddError>())
        .map_or(0, |error| error.0)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().expect("a case");
    let count = arguments.next().expect("a number of calls");
    let count: u64 = count.parse().expect("a number of calls");
    // The message of each panic would be printed, which Go does only for one that nobody catches.
    panic::set_hook(Box::new(|_| {}));
    let sum: u64 = (0..count).map(operation(&case)).sum();
    println!("{case} {sum}");
    eprintln!("figure operations {count}");
}
