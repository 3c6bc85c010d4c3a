//! A total is too large for its type: a development build panics.

fn total_cents(quantity: u32, unit_cents: u32) -> u32 {
    quantity * unit_cents
}

fn main() {
    println!("{}", total_cents(2_000, 1_499));
    println!("{}", total_cents(3_000_000, 1_499));
}
