mod homes;
mod identity;
mod large;
mod pages;
mod shots;
mod staff;
mod taking_back;
mod world;
