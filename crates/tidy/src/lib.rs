//! Nothing but tests: the architecture's invariants, as `docs/ARCHITECTURE.md` states them. Lists of exceptions may only
//! shrink: an exception that is no longer needed fails too.

#[cfg(test)]
mod files;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod places;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod words;
