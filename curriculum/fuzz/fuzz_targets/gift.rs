//! Any bytes as a file of this format.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| curriculum_fuzz::exchange(curriculum::exchange::Format::Gift, data));
