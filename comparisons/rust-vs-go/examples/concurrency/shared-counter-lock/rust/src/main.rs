//! Hit counts of routes, shared by many threads behind a lock.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

// region: hits
#[derive(Default)]
struct Hits {
    by_route: Mutex<BTreeMap<&'static str, u64>>,
}

impl Hits {
    fn record(&self, route: &'static str) {
        *self.by_route.lock().unwrap().entry(route).or_default() += 1;
    }

    fn snapshot(&self) -> BTreeMap<&'static str, u64> {
        self.by_route.lock().unwrap().clone()
    }
}
// endregion

// region: share
fn main() {
    let hits = Hits::default();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for request in 0..1000 {
                    hits.record(if request % 10 == 0 { "/login" } else { "/" });
                }
            });
        }
    });
    for (route, count) in hits.snapshot() {
        println!("{route} {count}");
    }
}
// endregion
