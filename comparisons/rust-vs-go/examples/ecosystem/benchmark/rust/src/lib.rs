//! Makes a title fit for an address.

// region: function
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    let words = title.split(|c: char| !c.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug.make_ascii_lowercase();
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
