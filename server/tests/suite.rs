//! The tests of the server, in one program: the full router in process, on a fresh database for each test.
//! SQLite in a temporary folder, or with `ORIENTA_TEST_POSTGRES` (address of a superuser) a database of its own.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod authoring;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod chain;
#[cfg(test)]
mod content;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod hours;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod support;
