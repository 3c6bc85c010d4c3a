//! Finds the spectral norm of the infinite matrix 1, 1/2, 1/3, … by the power method.

fn element(i: usize, j: usize) -> f64 {
    1.0 / ((i + j) * (i + j + 1) / 2 + i + 1) as f64
}

fn multiply(v: &[f64], out: &mut [f64]) {
    for (i, sum) in out.iter_mut().enumerate() {
        *sum = v.iter().enumerate().map(|(j, x)| element(i, j) * x).sum();
    }
}

fn multiply_transposed(v: &[f64], out: &mut [f64]) {
    for (i, sum) in out.iter_mut().enumerate() {
        *sum = v.iter().enumerate().map(|(j, x)| element(j, i) * x).sum();
    }
}

fn main() {
    let n = cpu_kernels::argument();
    let mut u = vec![1.0; n];
    let mut v = vec![0.0; n];
    let mut between = vec![0.0; n];
    for _ in 0..10 {
        multiply(&u, &mut between);
        multiply_transposed(&between, &mut v);
        multiply(&v, &mut between);
        multiply_transposed(&between, &mut u);
    }
    let uv: f64 = u.iter().zip(&v).map(|(a, b)| a * b).sum();
    let vv: f64 = v.iter().map(|a| a * a).sum();
    println!("{:.9}", (uv / vv).sqrt());
}
