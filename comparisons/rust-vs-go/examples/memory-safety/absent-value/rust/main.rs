//! An optional user is passed on as if it were there: the compiler refuses the program.

use std::collections::HashMap;

struct User {
    name: String,
}

fn greeting(user: &User) -> String {
    format!("Hello, {}", user.name)
}

fn main() {
    let name = String::from("Ada");
    let users = HashMap::from([(1, User { name })]);
    println!("{}", greeting(users.get(&2)));
}
