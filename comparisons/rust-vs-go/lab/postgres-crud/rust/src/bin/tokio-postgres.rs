//! Keeps items in PostgreSQL by tokio-postgres and deadpool.

use std::env;
use std::error::Error;

use deadpool_postgres::tokio_postgres::{NoTls, Row};
use deadpool_postgres::{Manager, Pool};
use postgres_crud::{
    DELETE, Failure, INSERT, Item, NewItem, POOL_SIZE, SCHEMA, SELECT, Store, UPDATE, serve,
};

#[derive(Clone)]
struct Items(Pool);

fn item(row: Row) -> Item {
    Item {
        id: row.get(0),
        name: row.get(1),
        quantity: row.get(2),
    }
}

impl Store for Items {
    async fn insert(&self, new: NewItem) -> Result<Item, Failure> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(INSERT).await?;
        let row = client
            .query_one(&statement, &[&new.name, &new.quantity])
            .await?;
        Ok(item(row))
    }

    async fn find(&self, id: i64) -> Result<Item, Failure> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(SELECT).await?;
        let row = client.query_opt(&statement, &[&id]).await?;
        row.map(item).ok_or(Failure::NotFound)
    }

    async fn update(&self, id: i64, new: NewItem) -> Result<Item, Failure> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(UPDATE).await?;
        let row = client
            .query_opt(&statement, &[&id, &new.name, &new.quantity])
            .await?;
        row.map(item).ok_or(Failure::NotFound)
    }

    async fn delete(&self, id: i64) -> Result<(), Failure> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(DELETE).await?;
        match client.execute(&statement, &[&id]).await? {
            0 => Err(Failure::NotFound),
            _ => Ok(()),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = env::var("DATABASE_URL")?.parse()?;
    let pool = Pool::builder(Manager::new(config, NoTls))
        .max_size(POOL_SIZE as usize)
        .build()?;
    pool.get().await?.batch_execute(SCHEMA).await?;
    serve(Items(pool)).await
}
