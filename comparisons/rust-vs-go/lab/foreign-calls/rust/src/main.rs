//! Calls a small function of C again and again.

unsafe extern "C" {
    safe fn lab_add(a: u64, b: u64) -> u64;
    fn lab_sum(bytes: *const u8, length: usize) -> u64;
    safe fn lab_call_back(function: extern "C" fn(u64) -> u64, n: u64) -> u64;
}

fn sum(bytes: &[u8]) -> u64 {
    // SAFETY: the pointer and the length are of one slice, which C reads only.
    unsafe { lab_sum(bytes.as_ptr(), bytes.len()) }
}

extern "C" fn half(n: u64) -> u64 {
    n / 2
}

#[inline(never)]
fn own_add(a: u64, b: u64) -> u64 {
    a + b
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().expect("a case");
    let count = arguments.next().expect("a number of calls");
    let count: u64 = count.parse().expect("a number of calls");
    let bytes: Vec<u8> = (0..64).collect();
    let total = match case.as_str() {
        "add" => (0..count).fold(0, |total, n| lab_add(total, n)),
        "own-add" => (0..count).fold(0, own_add),
        "bytes" => (0..count).fold(0, |total, n| total + sum(&bytes[n as usize % 32..])),
        "call-back" => (0..count).fold(0, |total, n| total + lab_call_back(half, n)),
        _ => unreachable!("a case that there is"),
    };
    println!("{case} {total}");
    eprintln!("figure operations {count}");
}
