//! A reference count that is not atomic is sent to a thread: the compiler refuses the program.

use std::rc::Rc;
use std::thread;

fn main() {
    let config = Rc::new(String::from("eu-west-1"));
    let shared = Rc::clone(&config);
    let worker = thread::spawn(move || println!("worker uses {shared}"));
    println!("main uses {config}");
    worker.join().unwrap();
}
