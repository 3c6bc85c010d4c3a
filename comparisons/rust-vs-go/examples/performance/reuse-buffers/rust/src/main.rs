//! A thousand readings are encoded into one buffer, which is cleared and used again.

use std::fmt::Write as _;
use std::io::{self, Write};

const CAPACITY: usize = 64;

struct Reading {
    sensor: u32,
    value: i64,
}

// region: encode
fn encode(line: &mut String, reading: &Reading) {
    writeln!(line, "sensor={} value={}", reading.sensor, reading.value)
        .expect("a String takes any text");
}
// endregion

// region: reuse
fn send_all(output: &mut impl Write, readings: &[Reading]) -> io::Result<usize> {
    let mut line = String::with_capacity(CAPACITY);
    for reading in readings {
        line.clear();
        encode(&mut line, reading);
        output.write_all(line.as_bytes())?;
    }
    Ok(line.capacity())
}
// endregion

fn main() -> io::Result<()> {
    let readings: Vec<Reading> = (0..1000)
        .map(|sensor| Reading {
            sensor,
            value: i64::from(sensor) - 500,
        })
        .collect();
    let mut sent = Vec::new();
    let capacity = send_all(&mut sent, &readings)?;
    println!("{} bytes sent", sent.len());
    println!("buffer of {CAPACITY} bytes, {capacity} at the end");
    Ok(())
}
