fn main() {
    // The level of optimisation is that of cgo.
    cc::Build::new()
        .file("../c/lab.c")
        .opt_level(2)
        .compile("lab");
    println!("cargo::rerun-if-changed=../c");
}
