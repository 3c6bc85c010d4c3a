//! What the programs share: the argument, and the bytes.

/// Returns the only argument: how often the bytes are hashed.
pub fn argument() -> u64 {
    let text = std::env::args().nth(1).expect("an argument");
    text.parse().expect("a number as argument")
}

/// Returns 64 KiB.
pub fn bytes() -> Vec<u8> {
    (0..65_536_u32).map(|i| (i * 31 % 251) as u8).collect()
}

/// Prints the hash.
pub fn finish(hash: &[u8]) {
    for byte in hash {
        print!("{byte:02x}");
    }
    println!();
}
