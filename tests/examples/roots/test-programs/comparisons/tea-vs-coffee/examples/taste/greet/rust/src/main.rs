// region: body
fn main() {
    println!("hello");
}
// endregion
