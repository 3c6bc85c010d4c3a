//! A generic container: a set kept in order.

// region: container
struct SortedSet<T> {
    items: Vec<T>,
}

impl<T: Ord> SortedSet<T> {
    fn insert(&mut self, item: T) -> bool {
        match self.items.binary_search(&item) {
            Ok(_) => false,
            Err(index) => {
                self.items.insert(index, item);
                true
            }
        }
    }

    fn contains(&self, item: &T) -> bool {
        self.items.binary_search(item).is_ok()
    }
}
// endregion

// region: iteration
impl<T> SortedSet<T> {
    fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items: Vec<T> = items.into_iter().collect();
        items.sort();
        items.dedup();
        Self { items }
    }
}
// endregion

fn join<T: ToString>(set: &SortedSet<T>) -> String {
    let items: Vec<_> = set.iter().map(T::to_string).collect();
    items.join(" ")
}

fn main() {
    let mut primes: SortedSet<u32> = [7, 3, 2, 3].into_iter().collect();
    primes.insert(5);
    println!("{}", join(&primes));
    println!("{} {}", primes.insert(5), primes.contains(&7));

    let names: SortedSet<&str> = "cyd ada bob".split(' ').collect();
    println!("{}", join(&names));
}
