//! Items in a table, and their HTTP interface; each program stores them by another library.

use std::error::Error;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

/// How many connections a program has at most.
pub const POOL_SIZE: u32 = 8;

pub const SCHEMA: &str = "
CREATE TABLE items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    quantity bigint NOT NULL
);
INSERT INTO items (name, quantity)
SELECT 'item ' || number, number FROM generate_series(1, 1000) AS number;
";

pub const INSERT: &str =
    "INSERT INTO items (name, quantity) VALUES ($1, $2) RETURNING id, name, quantity";
pub const SELECT: &str = "SELECT id, name, quantity FROM items WHERE id = $1";
pub const UPDATE: &str =
    "UPDATE items SET name = $2, quantity = $3 WHERE id = $1 RETURNING id, name, quantity";
pub const DELETE: &str = "DELETE FROM items WHERE id = $1";

#[derive(Deserialize)]
pub struct NewItem {
    pub name: String,
    pub quantity: i64,
}

#[derive(Serialize, sqlx::FromRow)]
pub struct Item {
    pub id: i64,
    pub name: String,
    pub quantity: i64,
}

/// Why a request was not answered as asked.
pub enum Failure {
    NotFound,
    Database(Box<dyn Error + Send + Sync>),
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Database(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Database(error) => {
                eprintln!("{error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// Where items are kept.
pub trait Store: Clone + Send + Sync + 'static {
    fn insert(&self, item: NewItem) -> impl Future<Output = Result<Item, Failure>> + Send;
    fn find(&self, id: i64) -> impl Future<Output = Result<Item, Failure>> + Send;
    fn update(&self, id: i64, item: NewItem) -> impl Future<Output = Result<Item, Failure>> + Send;
    fn delete(&self, id: i64) -> impl Future<Output = Result<(), Failure>> + Send;
}

async fn create<S: Store>(
    State(store): State<S>,
    Json(item): Json<NewItem>,
) -> Result<impl IntoResponse, Failure> {
    let item = store.insert(item).await?;
    let location = [(header::LOCATION, format!("/items/{}", item.id))];
    Ok((StatusCode::CREATED, location, Json(item)))
}

async fn read<S: Store>(
    State(store): State<S>,
    Path(id): Path<i64>,
) -> Result<Json<Item>, Failure> {
    Ok(Json(store.find(id).await?))
}

async fn update<S: Store>(
    State(store): State<S>,
    Path(id): Path<i64>,
    Json(item): Json<NewItem>,
) -> Result<Json<Item>, Failure> {
    Ok(Json(store.update(id, item).await?))
}

async fn delete<S: Store>(
    State(store): State<S>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Failure> {
    store.delete(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Serves items at the address that is the program's argument.
pub async fn serve<S: Store>(store: S) -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).expect("an address");
    let app = Router::new().route("/items", post(create::<S>)).route(
        "/items/{id}",
        get(read::<S>).put(update::<S>).delete(delete::<S>),
    );
    let app = app.with_state(store);
    Ok(axum::serve(TcpListener::bind(address).await?, app).await?)
}
