//! The real binary, as its users meet it: commands and exit codes, backups, and being killed at any moment.

mod backups;
mod commands;
mod installed;
mod kills;
