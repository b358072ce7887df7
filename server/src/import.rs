//! Files of lists (导入): bytes in, a [`Sheet`](domain::import::Sheet) or a plain refusal out; refused rows
//! back into a file of the same form. What the cells mean is `domain::import`'s.
//!
//! Every file is taken for hostile: each size is checked before it is spent, and nothing is calculated. Both ways
//! block; call them where that may happen.

mod archive;
mod customers;
mod delimited;
mod error;
mod figures;
mod file_name;
pub mod job;
mod read;
mod refused;
mod workbook;

pub use delimited::Encoding;
pub use error::ReadError;
pub use file_name::file_name;
pub use read::{Form, SourceFile, read};
pub use refused::{Language, write_refused};
