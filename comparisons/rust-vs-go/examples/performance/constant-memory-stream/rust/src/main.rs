//! An access log of any length is read line by line and added up, in constant memory.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::thread;

use anyhow::{Context, Result};

const LINES: u64 = 500_000;

fn write_log(output: impl Write) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    let paths = ["/", "/login", "/search"].into_iter().cycle();
    for (request, path) in (0..LINES).zip(paths) {
        writeln!(output, "{path} {}", request % 1000)?;
    }
    output.flush()
}

// region: aggregate
#[derive(Default)]
struct Traffic {
    requests: u64,
    bytes: u64,
}

fn add_up(input: impl Read) -> Result<BTreeMap<String, Traffic>> {
    let mut input = BufReader::new(input);
    let mut by_path = BTreeMap::<String, Traffic>::new();
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        let (path, bytes) = line
            .trim_end()
            .split_once(' ')
            .with_context(|| format!("no size in {line:?}"))?;
        let bytes: u64 = bytes.parse().with_context(|| format!("size {bytes:?}"))?;
        let traffic = match by_path.get_mut(path) {
            Some(traffic) => traffic,
            None => by_path.entry(path.to_owned()).or_default(),
        };
        traffic.requests += 1;
        traffic.bytes += bytes;
        line.clear();
    }
    Ok(by_path)
}
// endregion

// region: run
fn main() -> Result<()> {
    let (reader, writer) = io::pipe()?;
    let generator = thread::spawn(|| write_log(writer));
    for (path, traffic) in add_up(reader)? {
        println!(
            "{path} {} requests {} bytes",
            traffic.requests, traffic.bytes
        );
    }
    generator.join().expect("the generator panicked")?;
    Ok(())
}
// endregion
