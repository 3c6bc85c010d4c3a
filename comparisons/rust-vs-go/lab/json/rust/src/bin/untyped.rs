//! Reads JSON into values of any shape, and prints it again.

use serde_json::Value;

fn main() -> serde_json::Result<()> {
    let (document, rounds) = json::arguments();
    let mut printed = String::new();
    let mut total = 0.0;
    for _ in 0..rounds {
        let orders: Value = serde_json::from_str(&document)?;
        total += orders
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|order| order["items"].as_array())
            .flatten()
            .filter_map(|item| item["price"].as_f64())
            .sum::<f64>();
        printed = serde_json::to_string(&orders)?;
    }
    json::finish(&printed, total, rounds);
    Ok(())
}
