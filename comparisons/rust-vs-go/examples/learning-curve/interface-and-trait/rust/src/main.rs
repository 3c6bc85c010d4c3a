//! One behaviour of several types: a trait.

// region: behaviour
trait Tariff {
    fn cents(&self, grams: u32) -> u32;

    fn quote(&self, grams: u32) -> String {
        euros(self.cents(grams))
    }
}
// endregion

// region: types
struct Flat {
    cents: u32,
}

impl Tariff for Flat {
    fn cents(&self, _grams: u32) -> u32 {
        self.cents
    }
}

struct PerKilogram {
    cents: u32,
}

impl Tariff for PerKilogram {
    fn cents(&self, grams: u32) -> u32 {
        self.cents * grams.div_ceil(1000)
    }
}

impl<F: Fn(u32) -> u32> Tariff for F {
    fn cents(&self, grams: u32) -> u32 {
        self(grams)
    }
}
// endregion

fn total(tariff: &impl Tariff, parcels: &[u32]) -> u32 {
    parcels.iter().map(|&grams| tariff.cents(grams)).sum()
}

fn euros(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn main() {
    let per_kilogram = PerKilogram { cents: 250 };
    let letter = |grams| if grams <= 50 { 95 } else { 110 };
    let tariffs: [(&str, &dyn Tariff, u32); 3] = [
        ("flat", &Flat { cents: 490 }, 1200),
        ("per kilogram", &per_kilogram, 1200),
        ("letter", &letter, 80),
    ];
    for (name, tariff, grams) in tariffs {
        println!("{name} {}", tariff.quote(grams));
    }
    let sum = total(&per_kilogram, &[900, 1200, 2400]);
    println!("three parcels {}", euros(sum));
}
