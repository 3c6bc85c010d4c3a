//! Builds the service for release, and reads what kind of file came out.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use object::Endianness;
use object::elf::{FileHeader64, PT_INTERP};
use object::read::elf::{FileHeader, ProgramHeader};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

// region: release
fn build(rust_flags: &str) -> Result<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let status = Command::new(env!("CARGO"))
        .args(["build", "-q", "--release", "--locked"])
        .arg("--target-dir")
        .arg(folder)
        .env("RUSTFLAGS", rust_flags)
        .status()?;
    assert!(status.success(), "{status}");
    Ok(fs::read(folder.join("release/static-binary"))?)
}

#[test]
fn static_when_asked() -> Result<()> {
    assert!(!has_interpreter(&build("-C target-feature=+crt-static")?)?);
    Ok(())
}

#[test]
fn dynamic_by_default() -> Result<()> {
    let file = fs::read(env!("CARGO_BIN_EXE_static-binary"))?;
    assert!(has_interpreter(&file)?);
    Ok(())
}
// endregion

// region: elf
fn has_interpreter(file: &[u8]) -> Result<bool> {
    let header = FileHeader64::<Endianness>::parse(file)?;
    let endian = header.endian()?;
    let programs = header.program_headers(endian, file)?;
    Ok(programs.iter().any(|p| p.p_type(endian) == PT_INTERP))
}
// endregion
