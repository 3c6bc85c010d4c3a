//! A pipeline over bounded channels: its source is endless, its consumer stops when it has enough.

use tokio::sync::mpsc::{self, Receiver};
use tokio_util::task::TaskTracker;

const BUFFER: usize = 4;

// region: stages
fn count_up(stages: &TaskTracker) -> Receiver<u64> {
    let (output, numbers) = mpsc::channel(BUFFER);
    stages.spawn(async move {
        for number in 1.. {
            if output.send(number).await.is_err() {
                break;
            }
        }
    });
    numbers
}

fn map<In, Out>(
    stages: &TaskTracker,
    mut input: Receiver<In>,
    transform: impl Fn(In) -> Out + Send + 'static,
) -> Receiver<Out>
where
    In: Send + 'static,
    Out: Send + 'static,
{
    let (output, results) = mpsc::channel(BUFFER);
    stages.spawn(async move {
        while let Some(item) = input.recv().await {
            if output.send(transform(item)).await.is_err() {
                break;
            }
        }
    });
    results
}
// endregion

// region: consume
#[tokio::main]
async fn main() {
    let stages = TaskTracker::new();
    let squares = map(&stages, count_up(&stages), |number| number * number);
    let mut lines = map(&stages, squares, |square| format!("square {square}"));

    for _ in 0..3 {
        let line = lines.recv().await.expect("the source is endless");
        println!("{line}");
    }
    drop(lines);

    stages.close();
    stages.wait().await;
    println!("all stages ended");
}
// endregion
