//! Sizes such as `64KiB`, and a table-driven test of their parser.

use std::num::ParseIntError;

// region: parser
/// Why a text is no size.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    #[error("bad number")]
    Number(#[from] ParseIntError),
    #[error("unknown unit {0:?}")]
    Unit(String),
    #[error("too large")]
    TooLarge,
}

/// Returns the number of bytes that `text` stands for.
pub fn parse_size(text: &str) -> Result<u64, SizeError> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        _ => return Err(SizeError::Unit(unit.to_owned())),
    };
    let number: u64 = number.parse()?;
    number.checked_mul(factor).ok_or(SizeError::TooLarge)
}
// endregion

// region: test
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_sizes() {
        let cases = [
            ("0", 0),
            ("512B", 512),
            ("64KiB", 65_536),
            ("2MiB", 2_097_152),
        ];
        for (text, want) in cases {
            assert_eq!(parse_size(text), Ok(want), "{text:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_size() {
        let cases = [
            ("", SizeError::Number("".parse::<u64>().unwrap_err())),
            ("64kb", SizeError::Unit("kb".to_owned())),
            ("99999999999999MiB", SizeError::TooLarge),
        ];
        for (text, want) in cases {
            assert_eq!(parse_size(text), Err(want), "{text:?}");
        }
    }
}
// endregion
