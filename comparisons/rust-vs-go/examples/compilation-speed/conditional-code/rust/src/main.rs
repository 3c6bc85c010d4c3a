//! Code for one system only, and code for one kind of build only.

// region: system
#[cfg(target_os = "linux")]
fn longest_path() -> usize {
    libc::PATH_MAX as usize
}

#[cfg(windows)]
fn longest_path() -> usize {
    windows_sys::Win32::Foundation::MAX_PATH as usize
}
// endregion

// region: build
fn accept(order: u32) {
    if cfg!(feature = "audit") {
        println!("audit: order {order}");
    }
    println!("order {order} accepted");
}
// endregion

fn main() {
    println!("longest path: {}", longest_path());
    accept(7);
}
