//! Bytes with their length before them, such as `3:abc,`, and a property of their decoder.

// region: parser
/// Returns the netstring of a payload.
pub fn encode(payload: &[u8]) -> Vec<u8> {
    let length = payload.len().to_string();
    [length.as_bytes(), b":", payload, b","].concat()
}

/// Returns the payload of the first netstring, and what follows it.
pub fn decode(input: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = input.iter().position(|&byte| byte == b':')?;
    let digits = str::from_utf8(&input[..colon]).ok()?;
    let length: usize = digits.parse().ok()?;
    // `parse` also reads "+3" and "003".
    if length.to_string() != digits {
        return None;
    }
    let (payload, rest) = input[colon + 1..].split_at_checked(length)?;
    Some((payload, rest.strip_prefix(b",")?))
}
// endregion

// region: fuzz
#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decoding_keeps_every_byte(input in "[+0-9]{1,3}:[a-c,]{0,9}") {
            if let Some((payload, rest)) = decode(input.as_bytes()) {
                let again = [&encode(payload), rest].concat();
                prop_assert_eq!(again, input.as_bytes());
            }
        }

        #[test]
        fn decodes_what_was_encoded(payload: Vec<u8>, rest: Vec<u8>) {
            let input = [&encode(&payload), &rest[..]].concat();
            prop_assert_eq!(decode(&input), Some((&payload[..], &rest[..])));
        }
    }
}
// endregion
