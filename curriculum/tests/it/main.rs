//! The crate from outside, on a small programme under `tests/sample`.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod broken;
#[cfg(test)]
mod commonmark;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod html;
#[cfg(test)]
mod loading;
#[cfg(test)]
mod rendering;
#[cfg(test)]
mod support;
