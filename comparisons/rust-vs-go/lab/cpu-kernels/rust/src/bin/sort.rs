//! Sorts random numbers with the standard library's sort that need not be stable.

use cpu_kernels::SplitMix64;

fn main() {
    let n = cpu_kernels::argument();
    let mut numbers: Vec<u64> = SplitMix64(42).take(n).collect();
    numbers.sort_unstable();
    let check = numbers
        .iter()
        .step_by(1000)
        .fold(0_u64, |sum, x| sum.wrapping_mul(31).wrapping_add(*x));
    println!("{check}");
}
