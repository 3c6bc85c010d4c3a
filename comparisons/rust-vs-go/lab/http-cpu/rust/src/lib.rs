//! Orders and their receipts, which all services of the package share.

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub struct Order {
    customer: String,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    sku: String,
    quantity: u64,
    price_cents: u64,
}

#[derive(Serialize)]
pub struct Receipt {
    customer: String,
    skus: Vec<String>,
    total_cents: u64,
}

impl From<Order> for Receipt {
    fn from(order: Order) -> Self {
        Self {
            customer: order.customer,
            total_cents: order
                .lines
                .iter()
                .map(|line| line.quantity * line.price_cents)
                .sum(),
            skus: order.lines.into_iter().map(|line| line.sku).collect(),
        }
    }
}
