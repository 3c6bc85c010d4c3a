//! Adds up, looks up and deletes in the standard library's hash map.

use std::collections::HashMap;

use cpu_kernels::SplitMix64;

fn main() {
    let n = cpu_kernels::argument();
    let keys = n as u64 * 2;
    let mut sums: HashMap<u64, u64> = HashMap::new();
    for (i, random) in (0..).zip(SplitMix64(1).take(n)) {
        *sums.entry(random % keys).or_default() += i;
    }
    let (mut hits, mut total) = (0, 0);
    for random in SplitMix64(2).take(2 * n) {
        if let Some(sum) = sums.get(&(random % (2 * keys))) {
            hits += 1;
            total += sum;
        }
    }
    for random in SplitMix64(1).take(n / 2) {
        sums.remove(&(random % keys));
    }
    println!("{hits} {total} {}", sums.len());
}
