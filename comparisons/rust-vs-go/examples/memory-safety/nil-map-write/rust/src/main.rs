//! The default value of a struct with a map in it is ready for use.

use std::collections::HashMap;

#[derive(Default)]
struct HitCounter {
    hits: HashMap<String, u64>,
}

impl HitCounter {
    fn hit(&mut self, path: &str) {
        *self.hits.entry(path.to_owned()).or_default() += 1;
    }

    fn count(&self, path: &str) -> u64 {
        self.hits.get(path).copied().unwrap_or_default()
    }
}

fn main() {
    let mut counter = HitCounter::default();
    println!("/health {}", counter.count("/health"));
    counter.hit("/health");
    println!("/health {}", counter.count("/health"));
}
