//! The hours ledger: posting credit, recomputing attribution, and what the pages say of it.

pub mod adjust;
pub mod attempts;
pub mod claims;
pub mod difference;
pub mod disputes;
pub mod dossier;
pub mod doubts;
pub mod evidence;
pub mod home;
pub mod page;
pub mod posting;
pub mod reasons;
pub mod recompute;
pub mod root;
pub mod verify;
