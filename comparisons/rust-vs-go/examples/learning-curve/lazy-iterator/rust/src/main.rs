//! An iterator over a paged list: a page is fetched when its first item is asked for.

use std::iter;

struct Feed {
    name: &'static str,
    pages: Vec<Vec<u32>>,
}

struct Page {
    totals: Vec<u32>,
    next: Option<usize>,
}

impl Feed {
    fn fetch(&self, number: usize) -> Page {
        println!("fetch page {number} of {}", self.name);
        Page {
            totals: self.pages[number - 1].clone(),
            next: (number < self.pages.len()).then_some(number + 1),
        }
    }
}

// region: source
impl Feed {
    fn totals(&self) -> impl Iterator<Item = u32> {
        let mut next = Some(1);
        let pages = iter::from_fn(move || {
            let page = self.fetch(next?);
            next = page.next;
            Some(page.totals)
        });
        pages.flatten()
    }
}
// endregion

// region: early-stop
fn print_large(feed: &Feed, limit: usize) {
    let large = feed.totals().filter(|&total| total >= 200).take(limit);
    println!("nothing is fetched yet");
    for total in large {
        println!("large: {total}");
    }
}
// endregion

// region: in-step
fn first_difference(a: &Feed, b: &Feed) -> Option<usize> {
    a.totals().zip(b.totals()).position(|(x, y)| x != y)
}
// endregion

fn main() {
    let shop = Feed {
        name: "shop",
        pages: vec![vec![40, 250, 90], vec![310, 20], vec![500]],
    };
    print_large(&shop, 2);

    let ledger = Feed {
        name: "ledger",
        pages: vec![vec![40, 250], vec![90, 310], vec![25, 500]],
    };
    match first_difference(&shop, &ledger) {
        Some(index) => println!("item {index} differs"),
        None => println!("no item differs"),
    }
}
