//! Counts the words of a text in a hash map, and prints the most frequent ones.

use std::cmp::Reverse;
use std::collections::HashMap;

use cpu_kernels::SplitMix64;

fn main() {
    let text = text(cpu_kernels::argument());
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_unstable_by_key(|&(word, count)| (Reverse(count), word));
    println!("{} words", words.len());
    for (word, count) in words.iter().take(5) {
        println!("{word} {count}");
    }
}

/// Returns a text of words of one to eight letters, of which short ones are frequent.
fn text(words: usize) -> String {
    let mut text = String::new();
    for (i, mut random) in SplitMix64(1).take(words).enumerate() {
        let length = 1 + (random % 8).min(random / 8 % 8);
        random /= 64;
        for _ in 0..length {
            text.push((b'a' + (random % 8) as u8) as char);
            random /= 8;
        }
        text.push(if i % 12 == 11 { '\n' } else { ' ' });
    }
    text
}
