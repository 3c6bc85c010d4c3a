//! Multiplies two square matrices in three loops over indices.

use cpu_kernels::SplitMix64;

fn main() {
    let n = cpu_kernels::argument();
    let mut random = SplitMix64(1);
    let a = matrix(n, &mut random);
    let b = matrix(n, &mut random);
    let product = multiply(&a, &b, n);
    let trace: f64 = (0..n).map(|i| product[i * n + i]).sum();
    println!("{trace:.6} {:.6}", product[n - 1]);
}

/// Returns a matrix row by row in one vector, of numbers from 0 to 1.
fn matrix(n: usize, random: &mut SplitMix64) -> Vec<f64> {
    random
        .take(n * n)
        .map(|bits| (bits >> 11) as f64 / (1_u64 << 53) as f64)
        .collect()
}

fn multiply(a: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let mut product = vec![0.0; n * n];
    for i in 0..n {
        for k in 0..n {
            for j in 0..n {
                product[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
    }
    product
}
