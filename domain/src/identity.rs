//! Who a person is and with what she signs in (people.md, Identity and Sign-in). Owns the shape of documents, names,
//! phones, PINs, passwords and codes; knows nothing of accounts, sessions or hashing.

pub mod card;
pub mod document;
pub mod fold;
pub mod name;
pub mod phone;
pub mod secret;

pub use card::{CardCode, CodeError, OneTimeCode};
pub use document::{Document, DocumentError, DocumentKind};
pub use fold::fold;
pub use name::{NameError, NamePart, PersonName};
pub use phone::{MobilePhone, PhoneError};
pub use secret::{PasswordError, PinError, check_password, check_pin};
