//! Hashes bytes with the sha2 crate.

use sha2::{Digest, Sha256};

fn main() {
    let bytes = sha_256::bytes();
    let mut hash = Sha256::new();
    for _ in 0..sha_256::argument() {
        hash.update(&bytes);
    }
    sha_256::finish(&hash.finalize());
}
