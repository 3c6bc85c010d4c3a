//! The names of an enum's values, and its JSON, by code that macros write at each build.

// region: types
use serde::Serialize;
use strum::Display;

#[derive(Clone, Copy, Debug, Display, Serialize)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Status {
    Pending,
    Running,
    Done,
}

#[derive(Debug, Serialize)]
pub struct Job {
    pub id: u32,
    pub status: Status,
}
// endregion

// region: test
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_each_status() {
        let all = [Status::Pending, Status::Running, Status::Done];
        let names = all.map(|status| status.to_string());
        assert_eq!(names, ["pending", "running", "done"]);
    }

    #[test]
    fn writes_json() {
        let job = Job {
            id: 7,
            status: Status::Running,
        };
        let json = serde_json::to_string(&job).unwrap();
        assert_eq!(json, r#"{"id":7,"status":"running"}"#);
    }
}
// endregion
