//! Prints a line.

fn main() {
    println!("Hello, world!");
}
