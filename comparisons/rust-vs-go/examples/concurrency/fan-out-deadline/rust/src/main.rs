//! Ask all shards at once: the first failure or the deadline stops every call that is under way.

use std::future;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_millis(250);

#[derive(Debug, thiserror::Error)]
enum GatherError {
    #[error("shard {shard}: unavailable")]
    Unavailable { shard: usize },
    #[error("some shards did not answer in time")]
    Late,
}

#[derive(Clone, Copy)]
enum Shard {
    Healthy,
    Broken,
    Hanging,
}

// region: ask
async fn ask(shard: usize, state: Shard) -> Result<String, GatherError> {
    match state {
        Shard::Healthy => Ok(format!("answer {shard}")),
        Shard::Broken => Err(GatherError::Unavailable { shard }),
        Shard::Hanging => future::pending().await,
    }
}
// endregion

// region: gather
async fn gather(shards: &[Shard]) -> Result<Vec<String>, GatherError> {
    let mut calls = JoinSet::new();
    for (shard, &state) in shards.iter().enumerate() {
        calls.spawn(async move { (shard, ask(shard, state).await) });
    }
    let mut answers = vec![String::new(); shards.len()];
    while let Some(call) = calls.join_next().await {
        let (shard, answer) = call.expect("a call panicked");
        answers[shard] = answer?;
    }
    Ok(answers)
}

async fn gather_in_time(shards: &[Shard]) -> Result<Vec<String>, GatherError> {
    timeout(DEADLINE, gather(shards))
        .await
        .unwrap_or(Err(GatherError::Late))
}
// endregion

#[tokio::main]
async fn main() {
    use Shard::{Broken, Hanging, Healthy};

    for shards in [
        [Healthy, Healthy, Healthy],
        [Healthy, Hanging, Healthy],
        [Hanging, Hanging, Broken],
    ] {
        match gather_in_time(&shards).await {
            Ok(answers) => println!("{}", answers.join(", ")),
            Err(error) => println!("failed: {error}"),
        }
    }
}
