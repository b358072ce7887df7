//! Runs simulated worlds: `cargo run --release -p replica --example simulate -- --seeds 10000`, or one of them with all
//! that happened in it: `-- --seed 42`. Options: `--steps N` of noise a world, `--planted NAME` with a bug switched on.

#[path = "../tests/model/model.rs"]
mod model;

use model::{Options, Planted, Tally, run};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

struct Asked {
    seeds: u64,
    seed: Option<u64>,
    options: Options,
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked { seeds: 10_000, seed: None, options: Options::default() };
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} wants a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{word} wants a number, not {value}"));
        match word.as_str() {
            "--seeds" => asked.seeds = number()?,
            "--seed" => asked.seed = Some(number()?),
            "--steps" => asked.options.steps = number()? as usize,
            "--planted" => {
                let named = Planted::ALL.into_iter().find(|planted| format!("{planted:?}") == value);
                asked.options.planted = Some(named.ok_or(format!("one of {:?}", Planted::ALL))?);
            }
            other => return Err(format!("unknown option {other}")),
        }
    }
    Ok(asked)
}

fn main() -> ExitCode {
    let asked = match read(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(what) => {
            eprintln!("{what}");
            return ExitCode::from(2);
        }
    };
    match asked.seed {
        Some(seed) => one(seed, &asked.options),
        None => many(asked.seeds, asked.options),
    }
}

fn one(seed: u64, options: &Options) -> ExitCode {
    match run(seed, &Options { is_traced: true, ..*options }) {
        Ok((_, trace)) => {
            println!("{}\nseed {seed}: all agree", trace.join("\n"));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            println!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn many(seeds: u64, options: Options) -> ExitCode {
    let began = Instant::now();
    let next = AtomicU64::new(0);
    let failures = Mutex::new(Vec::new());
    let tally: Mutex<Tally> = Mutex::default();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut mine = Tally::default();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds {
                        break;
                    }
                    match run(seed, &options) {
                        Ok((of_world, _)) => mine.merge(of_world),
                        Err(failure) => failures.lock().expect("no panic holds the lock").push(failure),
                    }
                }
                tally.lock().expect("no panic holds the lock").merge(mine);
            });
        }
    });
    for (what, count) in tally.into_inner().expect("no panic holds the lock").counts {
        println!("{count:>10}  {what}");
    }
    let mut failures = failures.into_inner().expect("no panic holds the lock");
    failures.sort_by_key(|failure| failure.seed);
    for failure in failures.iter().take(10) {
        println!("{failure}");
    }
    println!("{seeds} worlds in {:.1} s, {} failed", began.elapsed().as_secs_f64(), failures.len());
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
