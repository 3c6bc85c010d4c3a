//! Builds the service for release, and reads what kind of file came out.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use object::Endianness;
use object::elf::{EM_AARCH64, EM_X86_64, FileHeader64, Machine, PT_INTERP};
use object::read::elf::{FileHeader, ProgramHeader};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

// region: release
const TARGETS: [(&str, Machine); 2] = [
    ("x86_64-unknown-linux-musl", EM_X86_64),
    ("aarch64-unknown-linux-musl", EM_AARCH64),
];

fn build(target: &str) -> Result<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let status = Command::new(env!("CARGO"))
        .args(["build", "-q", "--release", "--locked", "--target", target])
        .arg("--config")
        .arg(format!("target.{target}.linker = 'rust-lld'"))
        .arg("--target-dir")
        .arg(folder)
        .status()?;
    assert!(status.success(), "{status}");
    let file = folder.join(target).join("release/static-binary");
    Ok(fs::read(file)?)
}

#[test]
fn static_for_each_target() -> Result<()> {
    for (target, machine) in TARGETS {
        let elf = Elf::parse(&build(target)?)?;
        assert_eq!(elf.machine, machine, "{target}");
        assert!(!elf.has_interpreter, "{target}");
    }
    Ok(())
}

#[test]
fn dynamic_by_default() -> Result<()> {
    let file = fs::read(env!("CARGO_BIN_EXE_static-binary"))?;
    assert!(Elf::parse(&file)?.has_interpreter);
    Ok(())
}
// endregion

// region: elf
struct Elf {
    machine: Machine,
    has_interpreter: bool,
}

impl Elf {
    fn parse(data: &[u8]) -> Result<Self> {
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
