//! How long a real lesson of 60 minutes takes from its source to the HTML that stands in a page: `cargo bench -p curriculum`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use curriculum::render::{clean, lesson};
use domain::curriculum::Language;
use std::hint::black_box;

const LESSON: &str = include_str!("../content/orientadoras/modules/m4-denuncia-y-proteccion/lessons/02-donde-y-como-denunciar.es.md");

fn render(bench: &mut Criterion) {
    let glossary = curriculum::embedded().unwrap_or_default().into_iter().flat_map(|p| p.glossary).collect::<Vec<_>>();
    let html = lesson(LESSON, Language::Es, &glossary).parts.into_iter().map(|p| p.html).collect::<String>();
    let mut group = bench.benchmark_group("lesson of 60 minutes");
    group.throughput(Throughput::Bytes(LESSON.len() as u64));
    group.bench_function("render", |b| b.iter(|| lesson(black_box(LESSON), Language::Es, &glossary)));
    group.bench_function("clean alone", |b| b.iter(|| clean(black_box(&html))));
    group.finish();
}

criterion_group!(benches, render);
criterion_main!(benches);
