//! Records, each with its length before it, are parsed from bytes that nobody can trust.

use std::str::{self, Utf8Error};

const MAX_LENGTH: usize = 1024;

#[derive(Debug, thiserror::Error)]
enum RecordError {
    #[error("the length is cut off")]
    CutLength,
    #[error("a length of {0} is over the limit")]
    TooLong(usize),
    #[error("{length} bytes announced, {left} left")]
    CutText { length: usize, left: usize },
    #[error("the text is not UTF-8")]
    NotUtf8(#[from] Utf8Error),
}

// region: parse
fn parse_records(mut input: &[u8]) -> Result<Vec<&str>, RecordError> {
    let mut records = Vec::new();
    while !input.is_empty() {
        let (prefix, rest) = input.split_first_chunk().ok_or(RecordError::CutLength)?;
        let length = usize::from(u16::from_be_bytes(*prefix));
        if length > MAX_LENGTH {
            return Err(RecordError::TooLong(length));
        }
        let left = rest.len();
        let (text, rest) = rest
            .split_at_checked(length)
            .ok_or(RecordError::CutText { length, left })?;
        records.push(str::from_utf8(text)?);
        input = rest;
    }
    Ok(records)
}
// endregion

fn main() {
    let inputs: [&[u8]; 6] = [
        b"\x00\x03Ada\x00\x05Grace",
        b"",
        b"\x00\x03Ada\x00",
        b"\xff\xffAda",
        b"\x00\x09Ada",
        b"\x00\x02\xc3\x28",
    ];
    for input in inputs {
        match parse_records(input) {
            Ok(records) => println!("accepted [{}]", records.join(" ")),
            Err(error) => println!("rejected: {error}"),
        }
    }
}
