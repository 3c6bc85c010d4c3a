//! Structured logging: fields of an event, and of the request around it.

use tracing::{info, instrument, warn};

// region: setup
fn start_logging() {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_target(false)
        .without_time()
        .init();
}
// endregion

// region: use
#[instrument(name = "order", skip(items))]
fn place_order(request: &str, items: &[&str]) {
    info!(items = items.len(), "placed");
    for &item in items {
        reserve(item);
    }
}

fn reserve(item: &str) {
    if item == "lamp" {
        warn!(item, left = 0, "out of stock");
    }
}
// endregion

fn main() {
    start_logging();
    info!(workers = 4, "started");
    place_order("r-17", &["desk", "lamp"]);
}
