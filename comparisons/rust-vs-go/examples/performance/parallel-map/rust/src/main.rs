//! A function applied to every element of a slice, on all processors.

use rayon::prelude::*;

/// Counts the Collatz steps from a number down to 1.
fn collatz_steps(start: u64) -> u32 {
    let mut number = start;
    let mut steps = 0;
    while number != 1 {
        number = if number.is_multiple_of(2) {
            number / 2
        } else {
            3 * number + 1
        };
        steps += 1;
    }
    steps
}

// region: map
fn step_counts(starts: &[u64]) -> Vec<u32> {
    starts
        .par_iter()
        .map(|&start| collatz_steps(start))
        .collect()
}
// endregion

// region: use
fn main() {
    let starts: Vec<u64> = (1..1_000_000).collect();
    let counts = step_counts(&starts);

    let (start, longest) = starts
        .iter()
        .zip(counts)
        .max_by_key(|&(_, count)| count)
        .expect("there are starts");
    println!("{start} takes {longest} steps");
}
// endregion
