//! Generates the code of the service; protox stands in for protoc, which need not be installed.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../stock.proto");
    let contract = protox::compile(["stock.proto"], [".."])?;
    tonic_prost_build::compile_fds(contract)?;
    Ok(())
}
