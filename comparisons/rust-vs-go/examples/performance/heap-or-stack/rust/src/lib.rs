//! Values that are on the heap because their type says so, and values that are not.

use std::hint::black_box;
use std::io::{self, Read};

// region: functions
/// Reads a frame's length; the reader may use the buffer during the call, not keep it.
pub fn length(reader: &mut dyn Read) -> io::Result<u32> {
    let mut header = [0; 4];
    reader.read_exact(&mut header)?;
    Ok(u32::from_be_bytes(header))
}

/// Needs a vector whose length is known only when it runs.
pub fn sum_of_squares(n: usize) -> usize {
    let squares: Vec<usize> = (0..n).map(|i| i * i).collect();
    // So that the optimiser must make the vector.
    black_box(&squares).iter().sum()
}

pub struct Point {
    pub x: i64,
    pub y: i64,
}
// endregion

// region: test
#[cfg(test)]
mod tests {
    use super::*;

    fn allocations(work: impl FnOnce()) -> u64 {
        allocation_counter::measure(work).count_total
    }

    #[test]
    fn a_buffer_lent_to_any_reader_stays_on_the_stack() {
        let mut frame: &[u8] = black_box(&[0, 0, 1, 0]);
        let count = allocations(|| assert_eq!(length(&mut frame).unwrap(), 256));
        assert_eq!(count, 0);
    }

    #[test]
    fn a_vector_of_few_numbers_is_on_the_heap_too() {
        assert_eq!(allocations(|| assert_eq!(sum_of_squares(4), 14)), 1);
        assert_eq!(allocations(|| assert_eq!(sum_of_squares(5), 30)), 1);
    }

    #[test]
    fn a_value_is_on_the_heap_if_it_is_boxed() {
        let local = || black_box(Point { x: 1, y: 2 }).x;
        let boxed = || black_box(Box::new(Point { x: 1, y: 2 })).x;
        assert_eq!(allocations(|| assert_eq!(local(), 1)), 0);
        assert_eq!(allocations(|| assert_eq!(boxed(), 1)), 1);
    }
}
// endregion
