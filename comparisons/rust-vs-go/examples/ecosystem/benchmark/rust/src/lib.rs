//! Makes a title fit for an address.

// region: function
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for word in title.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    }
    slug
}
// endregion

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn joins_words() {
        assert_eq!(slug("Rust vs. Go: HTTP/2"), "rust-vs-go-http-2");
        assert_eq!(slug("…"), "");
    }
}
