//! The library of the kernels with another allocator, which every program that uses it gets.

pub use kernels::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
