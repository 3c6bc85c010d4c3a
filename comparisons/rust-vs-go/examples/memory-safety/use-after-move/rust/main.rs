//! A value is used after it was moved: the compiler refuses the program.

fn send(message: String) {
    println!("sent {message}");
}

fn main() {
    let message = String::from("hello");
    send(message);
    println!("still have {message}");
}
