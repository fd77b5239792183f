use db::Migration;

/// The whole schema, in one order for all crates.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "ground", sql: include_str!("../migrations/0001_ground.sql") },
    Migration { number: 2, name: "estate", sql: include_str!("../migrations/0002_estate.sql") },
    Migration { number: 3, name: "work", sql: include_str!("../migrations/0003_work.sql") },
    Migration { number: 4, name: "talk", sql: include_str!("../migrations/0004_talk.sql") },
    Migration { number: 5, name: "inbox", sql: include_str!("../migrations/0005_inbox.sql") },
];
