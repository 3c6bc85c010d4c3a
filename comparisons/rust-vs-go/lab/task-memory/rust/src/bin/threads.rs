//! Starts threads of the system that wait for a signal, and reports the memory that each takes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

fn main() {
    let count = task_memory::argument(1);
    let before = task_memory::resident_bytes();
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let waiting = Arc::new(AtomicUsize::new(0));
    let sum = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..count)
        .map(|i| {
            let (gate, waiting, sum) = (gate.clone(), waiting.clone(), sum.clone());
            thread::spawn(move || {
                waiting.fetch_add(1, Ordering::Relaxed);
                let (open, changed) = &*gate;
                let guard = open.lock().expect("the gate");
                let _open = changed.wait_while(guard, |open| !*open).expect("the gate");
                sum.fetch_add(i, Ordering::Relaxed);
            })
        })
        .collect();
    while waiting.load(Ordering::Relaxed) < count {
        thread::sleep(Duration::from_millis(10));
    }
    thread::sleep(Duration::from_millis(100));
    task_memory::report(count, before);
    *gate.0.lock().expect("the gate") = true;
    gate.1.notify_all();
    for thread in threads {
        thread.join().expect("the thread");
    }
    println!("{}", sum.load(Ordering::Relaxed));
}
