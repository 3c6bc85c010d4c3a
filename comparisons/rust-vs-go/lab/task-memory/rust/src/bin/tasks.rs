//! Starts Tokio tasks that wait for a signal, and reports the memory that each takes.
//!
//! The second argument says how large a buffer each holds meanwhile, in bytes; 0 for none.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::watch;

#[tokio::main]
async fn main() {
    let (count, size) = (task_memory::argument(1), task_memory::argument(2));
    let before = task_memory::resident_bytes();
    let (open, gate) = watch::channel(());
    let waiting = Arc::new(AtomicUsize::new(0));
    let sum = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..count)
        .map(|i| {
            let (mut gate, waiting, sum) = (gate.clone(), waiting.clone(), sum.clone());
            if size == 0 {
                return tokio::spawn(async move {
                    waiting.fetch_add(1, Ordering::Relaxed);
                    gate.changed().await.expect("the gate");
                    sum.fetch_add(i, Ordering::Relaxed);
                });
            }
            tokio::spawn(async move {
                let buffer = vec![1_u8; size];
                waiting.fetch_add(1, Ordering::Relaxed);
                gate.changed().await.expect("the gate");
                sum.fetch_add(i * usize::from(buffer[i % size]), Ordering::Relaxed);
            })
        })
        .collect();
    while waiting.load(Ordering::Relaxed) < count {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    task_memory::report(count, before);
    open.send(()).expect("tasks that wait");
    for task in tasks {
        task.await.expect("the task");
    }
    println!("{}", sum.load(Ordering::Relaxed));
}
