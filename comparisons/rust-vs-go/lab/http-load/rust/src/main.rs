//! Puts load on an HTTP/1.1 server, at a fixed rate or as fast as it answers, and reports figures.
//!
//! At a fixed rate the model is open: requests are due at times that no answer can delay, and a
//! latency counts from then, also while a request waits for a free connection. One thread polls
//! all connections, so that a core of its own is enough to saturate a server on another one.

mod connection;
mod options;
mod requests;

use std::collections::VecDeque;
use std::error::Error;
use std::net::ToSocketAddrs;
use std::time::{Duration, Instant};

use mio::{Events, Poll, Token};

use connection::Connection;
use options::Options;
use requests::Requests;

/// What is not answered this long after the last request was due counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The shortest time for which the kernel's poll can wait.
const TICK: Duration = Duration::from_millis(1);

#[derive(Default)]
struct Outcome {
    latencies: Vec<Duration>,
    errors: usize,
    elapsed: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse(std::env::args().skip(1))?;
    let paced = options.rate.is_some();
    let busy = processor_time()?;
    let mut outcome = run(options)?;
    let busy = processor_time()? - busy;

    let seconds = outcome.elapsed.as_secs_f64();
    let requests = outcome.latencies.len();
    eprintln!("figure requests {requests}");
    eprintln!("figure errors {}", outcome.errors);
    eprintln!("figure throughput {:.1}", requests as f64 / seconds);
    if paced {
        outcome.latencies.sort_unstable();
        for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p999", 0.999), ("max", 1.0)] {
            let latency = percentile(&outcome.latencies, share).as_secs_f64();
            eprintln!("figure latency-{name} {latency:.9}");
        }
    } else {
        // Near 1, the load was the bottleneck, and not the server.
        eprintln!("figure load-busy {:.3}", busy.as_secs_f64() / seconds);
    }
    Ok(())
}

/// Sends all requests and waits for their answers.
fn run(options: Options) -> Result<Outcome, Box<dyn Error>> {
    let address = options
        .address
        .to_socket_addrs()?
        .next()
        .ok_or("the name has no address")?;
    let mut poll = Poll::new()?;
    let mut connections = (0..options.connections)
        .map(|index| Connection::open(address, poll.registry(), Token(index)))
        .collect::<Result<Vec<_>, _>>()?;
    let mut events = Events::with_capacity(options.connections);
    let mut requests = Requests::new(options.address, options.requests, options.keys);
    let mut free: VecDeque<usize> = (0..connections.len()).collect();
    let mut outcome = Outcome::default();
    let start = Instant::now();
    let end = start + options.duration;
    let mut sent = 0_usize;
    let due_at = |sent: usize| match options.rate {
        Some(rate) => start + Duration::from_secs_f64(sent as f64 / rate),
        None => Instant::now(),
    };
    loop {
        let mut due = due_at(sent);
        while due < end && due <= Instant::now() {
            let Some(index) = free.pop_front() else {
                break;
            };
            connections[index].send(&mut requests, due)?;
            sent += 1;
            due = due_at(sent);
        }
        let now = Instant::now();
        if due >= end && free.len() == connections.len() {
            outcome.elapsed = now - start;
            return Ok(outcome);
        }
        if now > end + PATIENCE {
            outcome.errors += connections.len() - free.len();
            outcome.elapsed = now - start;
            return Ok(outcome);
        }
        let timeout = if free.is_empty() || due >= end {
            PATIENCE
        } else {
            due.saturating_duration_since(now)
        };
        if timeout < TICK {
            // Whoever shares the core goes first; on a core of its own this is a busy loop.
            std::thread::yield_now();
            poll.poll(&mut events, Some(Duration::ZERO))?;
        } else {
            poll.poll(&mut events, Some(timeout - TICK.min(timeout / 2)))?;
        }
        for event in &events {
            let Token(index) = event.token();
            let Some(answer) = connections[index].receive()? else {
                continue;
            };
            outcome.latencies.push(answer.due.elapsed());
            outcome.errors += usize::from(!(200..300).contains(&answer.status));
            free.push_back(index);
            if let Some(location) = answer.location {
                requests.created(location);
            }
        }
    }
}

/// Returns the smallest of the sorted values that a share of them do not exceed.
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// Returns how long this process, which has one thread, has been on a processor.
fn processor_time() -> Result<Duration, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds = text.split_whitespace().next().unwrap_or_default();
    Ok(Duration::from_nanos(nanoseconds.parse()?))
}
