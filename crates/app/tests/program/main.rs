//! The real binary, as its users meet it: commands and exit codes, backups, peers that misbehave, a disk that is full, and
//! being killed at any moment.

mod backups;
mod commands;
mod full;
mod import_kills;
mod installed;
mod kills;
mod limits;
mod live;
mod probes;
mod raw;
mod stops;
