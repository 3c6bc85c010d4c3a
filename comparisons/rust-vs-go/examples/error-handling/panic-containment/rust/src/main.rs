//! A worker's panic is contained and reported, and the worker takes the next request.

use std::panic;
use std::sync::mpsc;
use std::thread;

fn handle(request: &str) -> String {
    let fields: Vec<&str> = request.split(' ').collect();
    format!("200 {}", fields[1])
}

// region: contain
fn respond(request: &str) -> String {
    panic::catch_unwind(|| handle(request))
        .unwrap_or_else(|_| format!("500 {request:?} made the handler panic"))
}
// endregion

fn main() {
    let (requests, queue) = mpsc::channel();
    let worker = thread::spawn(move || {
        for request in queue {
            println!("{}", respond(request));
        }
    });
    for request in ["GET /users", "GET", "GET /orders"] {
        requests.send(request).expect("the worker runs");
    }
    drop(requests);
    worker.join().expect("the worker contains panics");
}
