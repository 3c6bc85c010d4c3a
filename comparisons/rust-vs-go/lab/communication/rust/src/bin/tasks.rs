//! Passes numbers between Tokio tasks, and adds them up under a lock.

use std::sync::{Arc, Mutex};

use communication::CAPACITY;
use tokio::sync::mpsc;

#[tokio::main]
async fn main() {
    let (case, count) = communication::arguments();
    let sum = match case.as_str() {
        "ping-pong" => ping_pong(count).await,
        "one-to-one" => channel(1, count).await,
        "four-to-one" => channel(4, count).await,
        "mutex" => mutex(1, count).await,
        "mutex-shared" => mutex(4, count).await,
        _ => unreachable!("a case that there is"),
    };
    communication::finish(&case, sum, count);
}

/// Sends each number to a task that returns it, one at a time.
async fn ping_pong(count: u64) -> u64 {
    let (ping, mut pings) = mpsc::channel(1);
    let (pong, mut pongs) = mpsc::channel(1);
    let echo = tokio::spawn(async move {
        while let Some(n) = pings.recv().await {
            pong.send(n).await.expect("a receiver");
        }
    });
    // In a task: what `main` waits for itself runs on a thread that is no worker.
    let caller = tokio::spawn(async move {
        let mut sum = 0;
        for n in 0..count {
            ping.send(n).await.expect("a receiver");
            sum += pongs.recv().await.expect("an answer");
        }
        sum
    });
    let sum = caller.await.expect("the caller");
    echo.await.expect("the echo");
    sum
}

async fn channel(senders: u64, count: u64) -> u64 {
    let (sender, mut receiver) = mpsc::channel(CAPACITY);
    for _ in 0..senders {
        let sender = sender.clone();
        tokio::spawn(async move {
            for n in 0..count / senders {
                sender.send(n).await.expect("a receiver");
            }
        });
    }
    drop(sender);
    let receiver = tokio::spawn(async move {
        let mut sum = 0;
        while let Some(n) = receiver.recv().await {
            sum += n;
        }
        sum
    });
    receiver.await.expect("the receiver")
}

/// Adds up under the lock of the standard library, as Tokio advises for what is never held over
/// an await.
async fn mutex(tasks: u64, count: u64) -> u64 {
    let sum = Arc::new(Mutex::new(0));
    let tasks: Vec<_> = (0..tasks)
        .map(|_| {
            let sum = Arc::clone(&sum);
            tokio::spawn(async move {
                for n in 0..count / tasks {
                    *sum.lock().expect("no panic under the lock") += n;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("the task");
    }
    *sum.lock().expect("no panic under the lock")
}
