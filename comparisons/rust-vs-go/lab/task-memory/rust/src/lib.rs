//! What the programs share: the arguments, and the memory of the process.

/// Returns the argument at a place: how many tasks wait, or how much each holds.
pub fn argument(place: usize) -> usize {
    let text = std::env::args().nth(place).expect("an argument");
    text.parse().expect("a number as argument")
}

/// Returns how many bytes of memory the process holds.
pub fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("the status of the process");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .expect("resident memory");
    let kilobytes = line.trim().trim_end_matches(" kB");
    kilobytes.parse::<usize>().expect("a number of kilobytes") * 1024
}

/// Reports what each task costs.
pub fn report(tasks: usize, before: usize) {
    let bytes = (resident_bytes() - before) as f64 / tasks as f64;
    eprintln!("figure memory-per-task {bytes:.1}");
}
