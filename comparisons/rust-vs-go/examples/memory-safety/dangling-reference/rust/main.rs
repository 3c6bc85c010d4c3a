//! Sessions keep a reference to a name that ends with its turn of the loop: refused.

struct Session<'a> {
    user: &'a str,
}

fn main() {
    let mut sessions = Vec::new();
    for id in 1..=2 {
        let user = format!("user-{id}");
        sessions.push(Session { user: &user });
    }
    for session in &sessions {
        println!("{}", session.user);
    }
}
