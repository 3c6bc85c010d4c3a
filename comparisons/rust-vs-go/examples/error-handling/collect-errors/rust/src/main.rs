//! All errors of a batch are collected, and none stops the look at the next line.

#[derive(Debug, PartialEq, thiserror::Error)]
enum SettingError {
    #[error("no value")]
    NoValue,
    #[error("{0:?} is not a number")]
    NotANumber(String),
}

#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
struct LineError {
    line: usize,
    problem: SettingError,
}

fn parse_setting(text: &str) -> Result<(&str, u32), SettingError> {
    let (name, value) = text.split_once('=').ok_or(SettingError::NoValue)?;
    let value = value
        .parse()
        .map_err(|_| SettingError::NotANumber(value.to_owned()))?;
    Ok((name, value))
}

// region: collect
fn parse_settings<'a>(lines: &[&'a str]) -> Result<Vec<(&'a str, u32)>, Vec<LineError>> {
    let mut settings = Vec::new();
    let mut errors = Vec::new();
    for (line, text) in (1..).zip(lines) {
        match parse_setting(text) {
            Ok(setting) => settings.push(setting),
            Err(problem) => errors.push(LineError { line, problem }),
        }
    }
    if errors.is_empty() {
        Ok(settings)
    } else {
        Err(errors)
    }
}
// endregion

// region: report
fn report(lines: &[&str]) {
    match parse_settings(lines) {
        Ok(settings) => println!("{} settings read", settings.len()),
        Err(errors) => {
            for error in &errors {
                println!("{error}");
            }
            let lacks_value = errors
                .iter()
                .any(|error| error.problem == SettingError::NoValue);
            println!("a value is missing: {lacks_value}");
        }
    }
}
// endregion

fn main() {
    report(&["retries=3", "timeout=30"]);
    report(&["retries=3", "timeout=soon", "limit"]);
}
