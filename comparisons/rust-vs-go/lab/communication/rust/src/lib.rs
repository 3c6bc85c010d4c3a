//! What the programs share: the arguments, and how they end.

/// How many messages wait in a channel at most.
pub const CAPACITY: usize = 1024;

/// Returns the case, and how often it is done.
pub fn arguments() -> (String, u64) {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().expect("a case");
    let count = arguments.next().expect("a number of operations");
    (case, count.parse().expect("a number of operations"))
}

/// Prints the answer, and reports how often the operation was done.
pub fn finish(case: &str, sum: u64, count: u64) {
    println!("{case} {sum}");
    eprintln!("figure operations {count}");
}
