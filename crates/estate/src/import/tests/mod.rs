mod homes;
mod identity;
mod large;
mod newcomer;
mod pages;
mod staff;
mod taking_back;
pub mod world;
