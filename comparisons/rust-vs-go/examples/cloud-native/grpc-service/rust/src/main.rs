//! A gRPC service with a call and a stream, and a client whose work has a deadline.

use std::error::Error;
use std::pin::Pin;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use tonic::{Code, Request, Response, Status};

use pb::stock_client::StockClient;
use pb::stock_server::{Stock, StockServer};
use pb::{TakeRequest, TakeResponse, WatchRequest, WatchResponse};

mod pb {
    tonic::include_proto!("stock.v1");
}

const PATIENCE: Duration = Duration::from_secs(2);

// region: server
struct Shelf {
    left: watch::Sender<u32>,
}

#[tonic::async_trait]
impl Stock for Shelf {
    async fn take(&self, request: Request<TakeRequest>) -> Result<Response<TakeResponse>, Status> {
        let count = request.into_inner().count;
        let mut left = 0;
        let taken = self.left.send_if_modified(|level| {
            let enough = count <= *level;
            if enough {
                *level -= count;
            }
            left = *level;
            enough
        });
        if taken {
            Ok(Response::new(TakeResponse { left }))
        } else {
            Err(Status::failed_precondition(format!("only {left} left")))
        }
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<WatchResponse, Status>> + Send>>;

    async fn watch(&self, _: Request<WatchRequest>) -> Result<Response<Self::WatchStream>, Status> {
        let levels = WatchStream::new(self.left.subscribe());
        let responses = levels.map(|left| Ok(WatchResponse { left }));
        Ok(Response::new(Box::pin(responses)))
    }
}
// endregion

// region: client
async fn sell(mut stock: StockClient<Channel>) -> Result<(), Status> {
    let mut request = Request::new(WatchRequest {});
    request.set_timeout(PATIENCE);
    let mut levels = stock.watch(request).await?.into_inner();
    let mut count = 0;
    while let Some(level) = levels.message().await? {
        println!("in stock: {}", level.left);
        count += 1;
        match stock.take(TakeRequest { count }).await {
            Ok(taken) => println!("took {count}, left {}", taken.into_inner().left),
            Err(status) if status.code() == Code::FailedPrecondition => {
                println!("took none: {}", status.message());
            }
            Err(status) => return Err(status),
        }
    }
    Ok(())
}

async fn sell_for_a_while(stock: StockClient<Channel>) -> Result<(), Status> {
    timeout(PATIENCE, sell(stock))
        .await
        .map_err(|elapsed| Status::deadline_exceeded(elapsed.to_string()))?
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let shelf = Shelf {
        left: watch::Sender::new(5),
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(
        Server::builder()
            .add_service(StockServer::new(shelf))
            .serve_with_incoming_shutdown(TcpIncoming::from(listener), async {
                stopped.await.ok();
            }),
    );

    let stock = StockClient::connect(format!("http://{address}")).await?;
    match sell_for_a_while(stock).await {
        Err(status) if status.code() == Code::DeadlineExceeded => println!("deadline exceeded"),
        end => end?,
    }

    drop(stop);
    server.await??;
    println!("stopped");
    Ok(())
}
