//! Pages for everybody: no account is needed.

pub mod accessibility;
pub mod choose_pin;
pub mod error;
pub mod help;
pub mod help_card;
pub mod landing;
pub mod privacy;
pub mod sign_in;
pub mod verify;

pub use accessibility::accessibility;
pub use choose_pin::choose_pin;
pub use error::{error, error_title};
pub use help::help;
pub use help_card::help_card;
pub use landing::landing;
pub use privacy::privacy;
pub use sign_in::sign_in;
pub use verify::{verify, verify_title};
