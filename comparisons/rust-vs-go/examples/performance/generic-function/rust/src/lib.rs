//! A generic function, the same for trait objects, and where their machine code begins.

// region: generic
pub trait Shape {
    fn area(&self) -> u64;
}

pub struct Square(pub u64);

impl Shape for Square {
    fn area(&self) -> u64 {
        self.0 * self.0
    }
}

pub struct Rectangle(pub u64, pub u64);

impl Shape for Rectangle {
    fn area(&self) -> u64 {
        self.0 * self.1
    }
}

/// Adds up areas; the compiler knows which `area` it calls.
pub fn total<S: Shape>(shapes: &[S]) -> u64 {
    shapes.iter().map(Shape::area).sum()
}

/// Adds up areas of mixed shapes, each with a pointer to its methods.
pub fn mixed_total(shapes: &[&dyn Shape]) -> u64 {
    shapes.iter().map(|shape| shape.area()).sum()
}
// endregion

// region: test
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_a_body_of_its_own() {
        let squares = total::<Square> as fn(&[Square]) -> u64;
        let rectangles = total::<Rectangle> as fn(&[Rectangle]) -> u64;
        assert_ne!(squares as usize, rectangles as usize);
        assert_eq!(squares(&[Square(2)]) + rectangles(&[Rectangle(2, 3)]), 10);
    }

    #[test]
    fn one_slice_of_mixed_shapes_carries_pointers_to_methods() {
        assert_eq!(mixed_total(&[&Square(2), &Rectangle(2, 3)]), 10);
        assert_eq!(size_of::<&dyn Shape>(), 2 * size_of::<&Square>());
    }
}
// endregion
