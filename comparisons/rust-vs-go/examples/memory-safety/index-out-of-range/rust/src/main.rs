//! A field is taken from a line that has too few of them: a panic.

fn port(address: &str) -> &str {
    let parts: Vec<&str> = address.split(':').collect();
    parts[1]
}

fn main() {
    for address in ["db.internal:5432", "cache.internal"] {
        println!("{}", port(address));
    }
}
