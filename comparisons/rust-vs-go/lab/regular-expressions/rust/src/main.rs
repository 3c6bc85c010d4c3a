//! Looks for a regular expression in a log, or compiles it, again and again.

use std::fmt::Write;

use regex::Regex;

fn main() -> Result<(), regex::Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, pattern, count] = arguments.as_slice() else {
        panic!("expected a case, a pattern and a count");
    };
    let count: usize = count.parse().expect("a number");
    let sum = match case.as_str() {
        "compile" => compile(pattern, count)?,
        "find" => repeat(find, &Regex::new(pattern)?, count),
        "capture" => repeat(capture, &Regex::new(pattern)?, count),
        _ => unreachable!("a case that there is"),
    };
    println!("{case} {sum}");
    eprintln!("figure operations {count}");
    Ok(())
}

/// Returns how long all expressions are that were compiled.
fn compile(pattern: &str, count: usize) -> Result<usize, regex::Error> {
    let mut length = 0;
    for _ in 0..count {
        length += Regex::new(pattern)?.as_str().len();
    }
    Ok(length)
}

fn repeat(search: fn(&Regex, &str) -> usize, regex: &Regex, count: usize) -> usize {
    let text = log();
    (0..count).map(|_| search(regex, &text)).sum()
}

/// Returns the sum of where all matches begin and end.
fn find(regex: &Regex, text: &str) -> usize {
    regex
        .find_iter(text)
        .map(|found| found.start() + found.end())
        .sum()
}

/// Returns the sum of the lengths of all groups.
fn capture(regex: &Regex, text: &str) -> usize {
    text.lines()
        .filter_map(|line| regex.captures(line))
        .flat_map(|groups| {
            groups
                .iter()
                .flatten()
                .map(|group| group.len())
                .collect::<Vec<_>>()
        })
        .sum()
}

fn log() -> String {
    let mut text = String::new();
    for i in 0..10_000 {
        let level = ["ERROR", "WARN", "DEBUG", "INFO"][(i % 40).min(3)];
        let user = i * 7919 % 1000;
        writeln!(
            text,
            "2026-03-{:02}T{:02}:{:02}:{:02}Z {level} request {i} from 10.0.{}.{} by user{user}@mail{}.example.org took {} ms",
            1 + i % 28,
            i % 24,
            i % 60,
            i * 13 % 60,
            i % 256,
            i * 31 % 256,
            i % 5,
            i * 37 % 900,
        )
        .expect("a string takes all");
    }
    text
}
