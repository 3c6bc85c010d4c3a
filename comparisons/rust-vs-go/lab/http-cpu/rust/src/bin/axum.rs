//! Answers with a text and with the receipts of orders, by axum, at the address that is its argument.

use axum::routing::{get, post};
use axum::{Json, Router};
use http_cpu::{Order, Receipt};
use tokio::net::TcpListener;

async fn text() -> &'static str {
    "Hello, world!"
}

async fn order(Json(order): Json<Order>) -> Json<Receipt> {
    Json(order.into())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).expect("an address");
    let app = Router::new()
        .route("/text", get(text))
        .route("/orders", post(order));
    axum::serve(TcpListener::bind(address).await?, app).await
}
