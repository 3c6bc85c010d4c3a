//! Data passed into a struct that keeps it, and lent out again.

// region: api
struct Watch {
    name: String,
    hosts: Vec<String>,
}

impl Watch {
    fn new(name: impl Into<String>, hosts: Vec<String>) -> Self {
        let name = name.into();
        Self { name, hosts }
    }

    fn covers(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own == host)
    }

    fn hosts(&self) -> &[String] {
        &self.hosts
    }
}
// endregion

// region: use
fn main() {
    let mut hosts = vec!["db-1".to_owned(), "db-2".to_owned()];
    let disk = Watch::new("disk", hosts.clone());
    hosts[0] = "web-1".to_owned();
    let load = Watch::new(format!("load over {}", 8), hosts);

    for watch in [&disk, &load] {
        println!("{}: {}", watch.name, watch.hosts().join(", "));
        println!("covers db-1: {}", watch.covers("db-1"));
    }
}
// endregion
