//! A JSON service with routes, graceful shutdown, and a test of it.

use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::select;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

// region: routes
#[derive(Clone, Serialize, Deserialize)]
struct Task {
    title: String,
}

type Tasks = Arc<Mutex<Vec<Task>>>;

fn app() -> Router {
    Router::new()
        .route("/tasks", post(create))
        .route("/tasks/{id}", get(read))
        .layer(DefaultBodyLimit::max(1 << 20))
        .with_state(Tasks::default())
}

type Reply = Result<(StatusCode, Json<Task>), StatusCode>;

async fn create(State(tasks): State<Tasks>, Json(task): Json<Task>) -> Reply {
    if task.title.is_empty() {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    tasks.lock().unwrap().push(task.clone());
    Ok((StatusCode::CREATED, Json(task)))
}

async fn read(State(tasks): State<Tasks>, Path(id): Path<usize>) -> Reply {
    let tasks = tasks.lock().unwrap();
    let task = tasks.get(id).ok_or(StatusCode::NOT_FOUND)?;
    Ok((StatusCode::OK, Json(task.clone())))
}
// endregion

// region: shutdown
#[tokio::main]
async fn main() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, app()).with_graceful_shutdown(async {
        stopped.await.ok();
    });
    let mut server = pin!(server.into_future());

    select! {
        failed = &mut server => return failed,
        _ = terminate.recv() => drop(stop),
    }
    timeout(Duration::from_secs(10), server).await?
}
// endregion

// region: test
#[cfg(test)]
mod tests {
    use super::{Router, app};
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, header};
    use tower::ServiceExt;

    async fn get(app: &Router, path: &str) -> (u16, String) {
        send(app, Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(app: &Router, path: &str, body: &str) -> (u16, String) {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        send(app, request).await
    }

    async fn send(app: &Router, request: Request<Body>) -> (u16, String) {
        let response = app.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1024).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn creates_and_reads_a_task() {
        let app = app();
        let task = r#"{"title":"Water the plants"}"#;
        assert_eq!(post(&app, "/tasks", task).await, (201, task.into()));
        assert_eq!(get(&app, "/tasks/0").await, (200, task.into()));
        assert_eq!(get(&app, "/tasks/1").await.0, 404);
    }

    #[tokio::test]
    async fn refuses_a_task_without_title() {
        for body in ["{}", r#"{"title":""}"#] {
            assert_eq!(post(&app(), "/tasks", body).await.0, 422, "{body}");
        }
    }

    #[tokio::test]
    async fn refuses_a_body_over_the_limit() {
        let body = format!(r#"{{"title":"{}"}}"#, "x".repeat(1 << 20));
        assert_eq!(post(&app(), "/tasks", &body).await.0, 413);
    }

    #[tokio::test]
    async fn refuses_what_follows_the_task() {
        let body = r#"{"title":"Water the plants"}?"#;
        assert_eq!(post(&app(), "/tasks", body).await.0, 400);
    }
}
// endregion
