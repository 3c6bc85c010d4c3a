//! A text is returned where an error is promised: the compiler refuses the program.

use std::num::ParseIntError;

fn parse_port(text: &str) -> Result<u16, ParseIntError> {
    text.parse().map_err(|_| format!("{text:?} is no port"))
}

fn main() {
    println!("{:?}", parse_port("http"));
}
