//! A reference into a vector is used after the vector may have moved: refused.

fn main() {
    let mut scores = vec![10, 20, 30];
    let first = &mut scores[0];
    scores.push(40);
    *first += 1;
    println!("{scores:?}");
}
