//! A limit is not a whole number of buffers: the compiler refuses the program.

const LIMIT: usize = 100_000;
const BUFFER: usize = 64 << 10;

const _: () = assert!(LIMIT.is_multiple_of(BUFFER), "whole buffers only");

fn main() {
    println!("{} buffers", LIMIT / BUFFER);
}
