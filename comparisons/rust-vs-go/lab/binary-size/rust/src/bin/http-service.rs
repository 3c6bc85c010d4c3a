//! Greets by HTTP, in JSON, at the address that is its argument.

use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use tokio::net::TcpListener;

#[derive(Serialize)]
struct Greeting {
    message: String,
}

async fn greet(Path(name): Path<String>) -> Json<Greeting> {
    Json(Greeting {
        message: format!("Hello, {name}!"),
    })
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).expect("an address");
    let app = Router::new().route("/greet/{name}", get(greet));
    axum::serve(TcpListener::bind(address).await?, app).await
}
