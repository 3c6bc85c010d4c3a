//! Keeps items in PostgreSQL by SQLx.

use std::env;
use std::error::Error;

use postgres_crud::{
    DELETE, Failure, INSERT, Item, NewItem, POOL_SIZE, SCHEMA, SELECT, Store, UPDATE, serve,
};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

#[derive(Clone)]
struct Items(PgPool);

impl Store for Items {
    async fn insert(&self, item: NewItem) -> Result<Item, Failure> {
        let query = sqlx::query_as(INSERT).bind(item.name).bind(item.quantity);
        Ok(query.fetch_one(&self.0).await?)
    }

    async fn find(&self, id: i64) -> Result<Item, Failure> {
        let query = sqlx::query_as(SELECT).bind(id);
        query
            .fetch_optional(&self.0)
            .await?
            .ok_or(Failure::NotFound)
    }

    async fn update(&self, id: i64, item: NewItem) -> Result<Item, Failure> {
        let query = sqlx::query_as(UPDATE)
            .bind(id)
            .bind(item.name)
            .bind(item.quantity);
        query
            .fetch_optional(&self.0)
            .await?
            .ok_or(Failure::NotFound)
    }

    async fn delete(&self, id: i64) -> Result<(), Failure> {
        let done = sqlx::query(DELETE).bind(id).execute(&self.0).await?;
        match done.rows_affected() {
            0 => Err(Failure::NotFound),
            _ => Ok(()),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // By default SQLx asks the server before each use of a connection, which no other pool does.
    let pool = PgPoolOptions::new()
        .max_connections(POOL_SIZE)
        .test_before_acquire(false)
        .connect(&env::var("DATABASE_URL")?)
        .await?;
    sqlx::raw_sql(SCHEMA).execute(&pool).await?;
    serve(Items(pool)).await
}
