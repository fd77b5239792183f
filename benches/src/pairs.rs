//! Pairs: the product between two runs of its limit. A pair counts when its two limits differ by less than 15 %: otherwise
//! the machine changed meanwhile, and the ratio would say nothing.

use std::fmt;

const SAME: f64 = 0.15;

/// What must hold of the median of the ratios.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    AtLeast(f64),
    AtMost(f64),
}

impl Bar {
    fn holds(self, ratio: f64) -> bool {
        match self {
            Self::AtLeast(bar) => ratio >= bar,
            Self::AtMost(bar) => ratio <= bar,
        }
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(bar) => write!(f, "≥ {bar}"),
            Self::AtMost(bar) => write!(f, "≤ {bar}"),
        }
    }
}

/// One figure of a goal: limit, product, limit, product, … limit.
#[derive(Clone, Debug, Default)]
pub struct Series {
    pub limits: Vec<f64>,
    pub products: Vec<f64>,
}

impl Series {
    /// Product ÷ the mean of its two limits, of the pairs that count.
    pub fn ratios(&self) -> Vec<f64> {
        let around = self.limits.windows(2).zip(&self.products);
        around
            .filter(|(limits, _)| (limits[0] - limits[1]).abs() / limits[0].min(limits[1]) < SAME)
            .map(|(limits, product)| 2.0 * product / (limits[0] + limits[1]))
            .collect()
    }
    /// Prints the figure; is the bar met? One that has no pair that counts is not.
    pub fn judge(&self, what: &str, unit: &str, bar: Bar) -> bool {
        let mut ratios = self.ratios();
        println!("  {what}");
        println!("    limit    {} {unit}", listed(&self.limits));
        println!("    product  {} {unit}", listed(&self.products));
        if ratios.is_empty() {
            println!("    no pair counts: the limits beside each differ by 15 % or more. NOT MET");
            return false;
        }
        let counted = ratios.len();
        let middle = median(&mut ratios);
        let (least, most) = (ratios[0], ratios[ratios.len() - 1]);
        let met = bar.holds(middle);
        println!(
            "    ratio {middle:.4} ({least:.4} … {most:.4}, {counted} of {} pairs count), must be {bar}: {}",
            self.products.len(),
            if met { "met" } else { "NOT MET" }
        );
        met
    }
}

fn listed(values: &[f64]) -> String {
    values.iter().map(|value| format!("{value:.1}")).collect::<Vec<_>>().join(" ")
}

/// Sorts.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

/// What else the machine did: the first of the three loads.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_string()
}
