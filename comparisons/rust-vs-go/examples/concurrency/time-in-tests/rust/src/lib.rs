//! Wait for a service with a deadline, and tests of it that wait for nothing.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{MissedTickBehavior, interval, timeout};

// region: wait
const EVERY: Duration = Duration::from_mins(15);
const DEADLINE: Duration = Duration::from_mins(50);

pub async fn wait_until_ready(mut is_ready: impl AsyncFnMut() -> bool) -> Result<(), Elapsed> {
    let polling = async {
        let mut ticks = interval(EVERY);
        // By default the ticks that a slow check missed would follow it at once.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            ticks.tick().await;
            if is_ready().await {
                return;
            }
        }
    };
    timeout(DEADLINE, polling).await
}
// endregion

// region: test
#[cfg(test)]
mod tests {
    use std::future;

    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn asks_until_ready() {
        let start = Instant::now();
        let mut asked = 0;
        let result = wait_until_ready(async || {
            asked += 1;
            asked == 3
        });
        assert!(result.await.is_ok());
        assert_eq!(start.elapsed(), 2 * EVERY);
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_at_the_deadline() {
        let start = Instant::now();
        let mut asked = 0;
        let result = wait_until_ready(async || {
            asked += 1;
            false
        });
        assert!(result.await.is_err());
        assert_eq!((asked, start.elapsed()), (4, DEADLINE));
    }

    #[tokio::test(start_paused = true)]
    async fn stops_a_check_that_hangs() {
        let start = Instant::now();
        let result = wait_until_ready(async || future::pending().await);
        assert!(result.await.is_err());
        assert_eq!(start.elapsed(), DEADLINE);
    }
}
// endregion
