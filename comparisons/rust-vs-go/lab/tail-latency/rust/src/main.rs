//! Keeps sessions in memory and serves them; arguments: the address, and how many there are at first.

use std::collections::HashMap;
use std::env;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

const ITEMS: u64 = 8;

#[derive(Serialize, Deserialize)]
struct Session {
    user: String,
    items: Vec<String>,
}

impl Session {
    fn of(id: u64) -> Self {
        Self {
            user: format!("user {id}"),
            items: (1..=ITEMS)
                .map(|item| format!("item {item} of {id}"))
                .collect(),
        }
    }
}

#[derive(Clone)]
struct Sessions(Arc<Mutex<HashMap<u64, Arc<Session>>>>);

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Arc<Session>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: u64) -> Option<Arc<Session>> {
        self.lock().get(&id).cloned()
    }

    fn put(&self, id: u64, session: Session) {
        // What was replaced is freed after the lock is released.
        let _replaced = self.lock().insert(id, Arc::new(session));
    }
}

async fn read(State(sessions): State<Sessions>, Path(id): Path<u64>) -> Response {
    match sessions.get(id) {
        Some(session) => Json(session.as_ref()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn replace(
    State(sessions): State<Sessions>,
    Path(id): Path<u64>,
    Json(session): Json<Session>,
) -> StatusCode {
    sessions.put(id, session);
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = env::args().skip(1);
    let address = arguments.next().expect("an address");
    let count: u64 = arguments
        .next()
        .and_then(|text| text.parse().ok())
        .expect("a number");
    let sessions = (1..=count)
        .map(|id| (id, Arc::new(Session::of(id))))
        .collect();
    let app = Router::new()
        .route("/sessions/{id}", get(read).put(replace))
        .with_state(Sessions(Arc::new(Mutex::new(sessions))));
    axum::serve(TcpListener::bind(address).await?, app).await
}
