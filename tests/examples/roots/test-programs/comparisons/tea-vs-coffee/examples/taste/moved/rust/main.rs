fn main() {
    let a = String::new();
    drop(a);
    drop(a);
}
