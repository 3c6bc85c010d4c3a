//! What the programs share: the document, and how they end.

use std::fmt::Write;

/// Returns a document of some orders, and how often it is read and printed.
pub fn arguments() -> (String, u64) {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .map(|text| text.parse().expect("a number"))
        .collect();
    let &[orders, rounds] = numbers.as_slice() else {
        panic!("expected a number of orders and one of rounds");
    };
    (document(orders), rounds)
}

fn document(orders: u64) -> String {
    let mut text = String::from("[");
    for id in 0..orders {
        let comma = if id == 0 { "" } else { "," };
        let (quarters, paid) = (2 * id + 1, id % 3 == 0);
        write!(
            text,
            r#"{comma}{{"customer":{{"email":"customer{id}@example.org","name":"Zoë \"Z\" Müller {id}"}},"#
        )
        .expect("a string takes all");
        write!(
            text,
            r#""id":{id},"items":[{{"count":{},"price":{}.25,"title":"Ünïcode and\nlines"}},"#,
            id % 7,
            quarters / 4
        )
        .expect("a string takes all");
        write!(
            text,
            r#"{{"count":1,"price":{}.75,"title":"A plain title of some length"}}],"paid":{paid},"tags":["a","bc","def"]}}"#,
            quarters
        )
        .expect("a string takes all");
    }
    text.push(']');
    text
}

/// Prints the answer, and reports how often the operation was done.
pub fn finish(printed: &str, total: f64, rounds: u64) {
    let hash = printed.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    println!("{} bytes, {hash:016x}, {total}", printed.len());
    eprintln!("figure operations {rounds}");
}
