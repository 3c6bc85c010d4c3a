//! Liveness and readiness probes, and a graceful stop by SIGTERM.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

// region: probes
fn app(ready: Arc<AtomicBool>) -> Router {
    let readyz = move || async move {
        if ready.load(Ordering::Relaxed) {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    Router::new()
        .route("/livez", get(StatusCode::OK))
        .route("/readyz", get(readyz))
}
// endregion

// region: stop
/// A balancer goes on sending requests until a probe has failed: some seconds in a cluster.
const UNTIL_NOTICED: Duration = Duration::from_millis(500);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let ready = Arc::new(AtomicBool::new(false));
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(
        axum::serve(listener, app(ready.clone()))
            .with_graceful_shutdown(async {
                stopped.await.ok();
            })
            .into_future(),
    );
    report("starting", address).await?;
    ready.store(true, Ordering::Relaxed);
    report("ready", address).await?;

    kill(Pid::this(), Signal::SIGTERM)?;
    terminate.recv().await;
    ready.store(false, Ordering::Relaxed);
    report("draining", address).await?;
    sleep(UNTIL_NOTICED).await;

    drop(stop);
    let served = timeout(Duration::from_secs(10), server).await?;
    served??;
    println!("stopped");
    Ok(())
}
// endregion

async fn report(state: &str, address: SocketAddr) -> io::Result<()> {
    let patience = Duration::from_secs(1);
    let live = timeout(patience, probe(address, "/livez")).await??;
    let ready = timeout(patience, probe(address, "/readyz")).await??;
    println!("{state}: livez {live}, readyz {ready}");
    Ok(())
}

async fn probe(address: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.0\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    let status = response.split_whitespace().nth(1).unwrap_or_default();
    Ok(status.to_owned())
}
