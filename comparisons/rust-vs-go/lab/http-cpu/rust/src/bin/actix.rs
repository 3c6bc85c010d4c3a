//! Answers with a text and with the receipts of orders, by Actix Web, at the address that is its
//! argument.

use actix_web::{App, HttpServer, get, post, web};
use http_cpu::{Order, Receipt};

#[get("/text")]
async fn text() -> &'static str {
    "Hello, world!"
}

#[post("/orders")]
async fn order(order: web::Json<Order>) -> web::Json<Receipt> {
    web::Json(order.into_inner().into())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).expect("an address");
    HttpServer::new(|| App::new().service(text).service(order))
        .bind(address)?
        .run()
        .await
}
