//! A cache is asked again while it is borrowed for a write: a panic.

use std::cell::RefCell;
use std::collections::HashMap;

#[derive(Default)]
struct Titles {
    cache: RefCell<HashMap<u32, String>>,
}

impl Titles {
    fn get(&self, page: u32) -> String {
        let mut cache = self.cache.borrow_mut();
        cache.entry(page).or_insert_with(|| self.load(page)).clone()
    }

    fn load(&self, page: u32) -> String {
        match page {
            1 => String::from("Home"),
            _ => format!("{} / {page}", self.get(page - 1)),
        }
    }
}

fn main() {
    let titles = Titles::default();
    println!("{}", titles.get(1));
    println!("{}", titles.get(2));
}
