//! Builds the service for release, and reads what kind of file came out.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use object::Endianness;
use object::elf::{EM_AARCH64, FileHeader64, Machine, PT_INTERP};
use object::read::elf::{FileHeader, ProgramHeader};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

// region: release
fn build(target: Option<&str>, rust_flags: &str) -> Result<Elf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new(env!("CARGO"))
        .args(["build", "-q", "--release", "--locked"])
        .args(target.iter().flat_map(|triple| ["--target", triple]))
        .arg("--target-dir")
        .arg(folder)
        .env("RUSTFLAGS", rust_flags)
        .output()?;
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    let folder = folder.join(target.unwrap_or_default());
    Elf::read(&folder.join("release/static-binary"))
}

#[test]
fn static_for_aarch64() -> Result<()> {
    let target = "aarch64-unknown-linux-musl";
    let file = build(Some(target), "-C linker=rust-lld")?;
    assert_eq!(file.machine, EM_AARCH64);
    assert!(!file.has_interpreter);
    Ok(())
}

#[test]
fn static_for_this_machine() -> Result<()> {
    let file = build(None, "-C target-feature=+crt-static")?;
    assert_eq!(file.machine, debug_build()?.machine);
    assert!(!file.has_interpreter);
    Ok(())
}

#[test]
fn dynamic_by_default() -> Result<()> {
    assert!(debug_build()?.has_interpreter);
    Ok(())
}

fn debug_build() -> Result<Elf> {
    Elf::read(Path::new(env!("CARGO_BIN_EXE_static-binary")))
}
// endregion

// region: elf
struct Elf {
    machine: Machine,
    has_interpreter: bool,
}

impl Elf {
    fn read(path: &Path) -> Result<Self> {
        let data = fs::read(path)?;
        let data = data.as_slice();
        let header = FileHeader64::<Endianness>::parse(data)?;
        let endian = header.endian()?;
        let programs = header.program_headers(endian, data)?;
        Ok(Self {
            machine: header.e_machine(endian),
            has_interpreter: programs.iter().any(|p| p.p_type(endian) == PT_INTERP),
        })
    }
}
// endregion
