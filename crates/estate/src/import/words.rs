//! The words of codes: what is wrong with a cell, why a row was passed over, what a column holds.

use sheets::Field;
use web::i18n::Words;

use super::model::Problem;

fn kebab(code: &str) -> String {
    code.replace('_', "-")
}

/// What is wrong and what to do.
pub fn problem(words: &Words, problem: &Problem) -> String {
    let args: Vec<_> = problem.args.iter().map(|(name, value)| (name.as_str(), value.clone().into())).collect();
    words.with(&fault_key(&problem.code), &args)
}

pub fn fault_key(code: &str) -> String {
    format!("estate-import-fault-{}", kebab(code))
}

pub fn skip_key(code: &str) -> String {
    format!("estate-import-skip-{}", kebab(code))
}

pub fn field(words: &Words, field: Field) -> String {
    words.say(&field_key(field))
}

pub fn field_key(field: Field) -> String {
    format!("estate-import-field-{}", kebab(field.name()))
}

/// The codes of our own rules, beside those of the sheets: a test walks them.
#[cfg(test)]
pub const OWN_FAULTS: [&str; 17] = [
    "unit_ambiguous",
    "unit_not_a_home",
    "unit_closed",
    "owner_differs",
    "tenant_differs",
    "occupant_left",
    "identity_differs",
    "department_missing",
    "department_unknown",
    "staff_post_differs",
    "staff_number_taken",
    "login_shape",
    "login_differs",
    "login_taken",
    "certificate_unknown",
    "certificate_number_missing",
    "unit_unreadable",
];
