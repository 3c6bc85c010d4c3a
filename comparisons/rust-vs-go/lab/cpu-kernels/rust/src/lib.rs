//! What the kernels share: the argument, and random numbers that are the same in both languages.

/// Returns the only argument: how much work to do.
pub fn argument() -> usize {
    let text = std::env::args().nth(1).expect("an argument");
    text.parse().expect("a number as argument")
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
pub struct SplitMix64(pub u64);

impl Iterator for SplitMix64 {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Some(z ^ (z >> 31))
    }
}
