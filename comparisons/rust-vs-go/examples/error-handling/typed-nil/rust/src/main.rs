//! Success is `Ok`, whatever the type of the error.

#[derive(Debug, thiserror::Error)]
#[error("{size} bytes are over the limit of {limit}")]
struct QuotaError {
    size: u32,
    limit: u32,
}

fn check_quota(size: u32, unlimited: bool) -> Result<(), QuotaError> {
    let limit = 100;
    if !unlimited && size > limit {
        return Err(QuotaError { size, limit });
    }
    Ok(())
}

fn main() -> Result<(), QuotaError> {
    check_quota(40, false)?;
    println!("stored 40 bytes");
    Ok(())
}
