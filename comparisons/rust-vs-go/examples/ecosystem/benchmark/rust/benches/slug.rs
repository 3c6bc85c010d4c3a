//! How long `slug` takes for a short and a long title.

use std::hint::black_box;

use benchmark::slug;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

// region: bench
fn bench_slug(c: &mut Criterion) {
    let mut group = c.benchmark_group("slug");
    for words in [4, 400] {
        let title = "Word, ".repeat(words);
        group.throughput(Throughput::Bytes(title.len() as u64));
        group.bench_with_input(BenchmarkId::new("words", words), &title, |b, title| {
            b.iter(|| slug(black_box(title)));
        });
    }
    group.finish();
}

criterion_group!(benches, bench_slug);
criterion_main!(benches);
// endregion
