//! Reads JSON into types of its own, and prints it again.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Customer {
    email: String,
    name: String,
}

#[derive(Serialize, Deserialize)]
struct Item {
    count: u32,
    price: f64,
    title: String,
}

#[derive(Serialize, Deserialize)]
struct Order {
    customer: Customer,
    id: u64,
    items: Vec<Item>,
    paid: bool,
    tags: Vec<String>,
}

fn main() -> serde_json::Result<()> {
    let (document, rounds) = json::arguments();
    let mut printed = String::new();
    let mut total = 0.0;
    for _ in 0..rounds {
        let orders: Vec<Order> = serde_json::from_str(&document)?;
        total += orders
            .iter()
            .flat_map(|order| &order.items)
            .map(|item| item.price)
            .sum::<f64>();
        printed = serde_json::to_string(&orders)?;
    }
    json::finish(&printed, total, rounds);
    Ok(())
}
