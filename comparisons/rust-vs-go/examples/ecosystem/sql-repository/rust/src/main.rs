//! A repository on PostgreSQL: errors by kind, and a transaction that ends either way.

use std::env;

use sqlx::error::ErrorKind;
use sqlx::{FromRow, PgPool, PgTransaction};
use thiserror::Error;

const SCHEMA: &str = "CREATE TABLE accounts (
    name text PRIMARY KEY,
    email text,
    balance bigint NOT NULL CHECK (balance >= 0)
)";

// region: errors
#[derive(Debug, Error)]
enum BankError {
    #[error("the name is taken")]
    NameTaken,
    #[error("no such account")]
    NoAccount,
    #[error("not enough money")]
    NotEnough,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for BankError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().map(|error| error.kind()) {
            Some(ErrorKind::UniqueViolation) => Self::NameTaken,
            Some(ErrorKind::CheckViolation) => Self::NotEnough,
            _ => Self::Database(error),
        }
    }
}
// endregion

// region: repository
#[derive(FromRow)]
struct Account {
    name: String,
    email: Option<String>,
    balance: i64,
}

struct Accounts {
    pool: PgPool,
}

impl Accounts {
    async fn open(&self, name: &str, email: Option<&str>, balance: i64) -> Result<(), BankError> {
        sqlx::query("INSERT INTO accounts (name, email, balance) VALUES ($1, $2, $3)")
            .bind(name)
            .bind(email)
            .bind(balance)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn all(&self) -> Result<Vec<Account>, BankError> {
        let query = "SELECT name, email, balance FROM accounts ORDER BY name";
        Ok(sqlx::query_as(query).fetch_all(&self.pool).await?)
    }

    async fn transfer(&self, from: &str, to: &str, amount: i64) -> Result<(), BankError> {
        let mut tx = self.pool.begin().await?;
        add(&mut tx, to, amount).await?;
        add(&mut tx, from, -amount).await?;
        Ok(tx.commit().await?)
    }
}

async fn add(tx: &mut PgTransaction<'_>, name: &str, amount: i64) -> Result<(), BankError> {
    let done = sqlx::query("UPDATE accounts SET balance = balance + $2 WHERE name = $1")
        .bind(name)
        .bind(amount)
        .execute(&mut **tx)
        .await?;
    match done.rows_affected() {
        0 => Err(BankError::NoAccount),
        _ => Ok(()),
    }
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = PgPool::connect(&env::var("DATABASE_URL")?).await?;
    sqlx::query(SCHEMA).execute(&pool).await?;
    let accounts = Accounts { pool };

    report(
        "ada opens",
        accounts.open("ada", Some("ada@example.org"), 100).await,
    );
    report("ben opens", accounts.open("ben", None, 50).await);
    report("ben opens again", accounts.open("ben", None, 0).await);
    report("ada pays ben 30", accounts.transfer("ada", "ben", 30).await);
    report(
        "ada pays ben 500",
        accounts.transfer("ada", "ben", 500).await,
    );
    report("eve pays ben 10", accounts.transfer("eve", "ben", 10).await);
    for account in accounts.all().await? {
        let email = account.email.as_deref().unwrap_or("no email");
        println!("{} ({email}): {}", account.name, account.balance);
    }
    accounts.pool.close().await;
    Ok(())
}

fn report(action: &str, result: Result<(), BankError>) {
    match result {
        Ok(()) => println!("{action}: done"),
        Err(error) => println!("{action}: {error}"),
    }
}
