//! A service that is shipped as one static binary.

use std::io::{self, Write};
use std::net::TcpListener;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8080")?;
    for stream in listener.incoming() {
        if let Err(error) = stream.and_then(|mut stream| stream.write_all(b"hello\n")) {
            eprintln!("{error}");
        }
    }
    Ok(())
}
