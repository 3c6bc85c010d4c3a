//! Passes numbers between threads, and adds them up under a lock.

use std::sync::{Mutex, mpsc};
use std::thread;

use communication::CAPACITY;

fn main() {
    let (case, count) = communication::arguments();
    let sum = match case.as_str() {
        "ping-pong" => ping_pong(count),
        "one-to-one" => channel(1, count),
        "four-to-one" => channel(4, count),
        "mutex" => mutex(1, count),
        "mutex-shared" => mutex(4, count),
        _ => unreachable!("a case that there is"),
    };
    communication::finish(&case, sum, count);
}

/// Sends each number to a thread that returns it, one at a time.
fn ping_pong(count: u64) -> u64 {
    let (ping, pings) = mpsc::sync_channel(1);
    let (pong, pongs) = mpsc::sync_channel(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            for n in pings {
                pong.send(n).expect("a receiver");
            }
        });
        let mut sum = 0;
        for n in 0..count {
            ping.send(n).expect("a receiver");
            sum += pongs.recv().expect("an answer");
        }
        drop(ping);
        sum
    })
}

fn channel(senders: u64, count: u64) -> u64 {
    let (sender, receiver) = mpsc::sync_channel(CAPACITY);
    thread::scope(|scope| {
        for _ in 0..senders {
            let sender = sender.clone();
            scope.spawn(move || {
                for n in 0..count / senders {
                    sender.send(n).expect("a receiver");
                }
            });
        }
        drop(sender);
        receiver.iter().sum()
    })
}

fn mutex(threads: u64, count: u64) -> u64 {
    let sum = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for n in 0..count / threads {
                    *sum.lock().expect("no panic under the lock") += n;
                }
            });
        }
    });
    sum.into_inner().expect("no panic under the lock")
}
