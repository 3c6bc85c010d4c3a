//! A checksum table computed while the program is compiled.

// region: constants
const POLYNOMIAL: u32 = 0xEDB8_8320;
const LIMIT: usize = 1 << 20;
const BUFFER: usize = 64 << 10;

const _: () = assert!(LIMIT.is_multiple_of(BUFFER), "whole buffers only");

static TABLE: [u32; 256] = checksum_table();
// endregion

// region: table
const fn checksum_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = (value >> 1) ^ (POLYNOMIAL * (value & 1));
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}
// endregion

fn checksum(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |sum, &byte| {
        (sum >> 8) ^ TABLE[usize::from(sum as u8 ^ byte)]
    })
}

fn main() {
    println!("table of {}, last {:08x}", TABLE.len(), TABLE[255]);
    println!("checksum {:08x}", checksum(b"123456789"));
    println!("limit {LIMIT}");
}
