//! What is released on the way out of a function, and where the error of a close goes.

use std::mem;

/// The right to write, given back when it is dropped.
struct Lease;

impl Drop for Lease {
    fn drop(&mut self) {
        println!("  give the lease back");
    }
}

/// A file that is written through a buffer, so that closing it can fail.
struct Journal {
    disk_is_full: bool,
    open: bool,
}

impl Journal {
    fn open(disk_is_full: bool) -> Self {
        Self {
            disk_is_full,
            open: true,
        }
    }

    fn write(&mut self, line: &str) -> Result<(), &'static str> {
        if line.is_empty() {
            return Err("empty line");
        }
        println!("  write {line}");
        Ok(())
    }

    fn finish(&mut self) -> Result<(), &'static str> {
        if !mem::take(&mut self.open) {
            return Ok(());
        }
        println!("  close the journal");
        if self.disk_is_full {
            return Err("disk full");
        }
        Ok(())
    }

    fn close(mut self) -> Result<(), &'static str> {
        self.finish()
    }
}

// region: drop
impl Drop for Journal {
    fn drop(&mut self) {
        // There is nobody to return an error to.
        let _ = self.finish();
    }
}
// endregion

// region: append
fn append(lines: &[&str], disk_is_full: bool) -> Result<(), &'static str> {
    let _lease = Lease;
    let mut journal = Journal::open(disk_is_full);
    for line in lines {
        journal.write(line)?;
    }
    journal.close()
}
// endregion

fn main() {
    let cases: [(&str, &[&str], bool); 3] = [
        ("good", &["a", "b"], false),
        ("bad line", &["a", ""], false),
        ("full disk", &["a"], true),
    ];
    for (name, lines, disk_is_full) in cases {
        println!("{name}");
        match append(lines, disk_is_full) {
            Ok(()) => println!("  written"),
            Err(error) => println!("  failed: {error}"),
        }
    }
}
