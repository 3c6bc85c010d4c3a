//! A pool of workers behind a bounded queue: when it is full, refuse the job or wait for room.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::thread;
use std::time::Duration;

const WORKERS: usize = 3;
const QUEUE_SIZE: usize = 4;

// region: queue
#[derive(Debug, thiserror::Error)]
enum OfferError {
    #[error("queue full")]
    Full,
    #[error("no worker takes from the queue")]
    Closed,
}

fn offer(queue: &SyncSender<u64>, job: u64) -> Result<(), OfferError> {
    queue.try_send(job).map_err(|error| match error {
        TrySendError::Full(_) => OfferError::Full,
        TrySendError::Disconnected(_) => OfferError::Closed,
    })
}
// endregion

fn process(job: u64) -> u64 {
    thread::sleep(Duration::from_millis(1));
    job * job
}

// region: workers
fn next_job(jobs: &Mutex<Receiver<u64>>) -> Option<u64> {
    jobs.lock().unwrap().recv().ok()
}

fn work(jobs: &Mutex<Receiver<u64>>, total: &AtomicU64) {
    while let Some(job) = next_job(jobs) {
        total.fetch_add(process(job), Ordering::Relaxed);
    }
}
// endregion

fn main() {
    let (queue, jobs) = mpsc::sync_channel(QUEUE_SIZE);
    for job in 1..=6 {
        match offer(&queue, job) {
            Ok(()) => println!("job {job}: queued"),
            Err(error) => println!("job {job}: {error}"),
        }
    }

    // region: run
    let jobs = Mutex::new(jobs);
    let total = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| work(&jobs, &total));
        }
        for job in 5..=100 {
            queue.send(job).expect("the receiver outlives the senders");
        }
        drop(queue);
    });
    // endregion
    println!("sum of squares up to 100: {}", total.into_inner());
}
