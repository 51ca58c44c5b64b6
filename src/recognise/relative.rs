//! Places told by their relation to named ones: «على بعد 150 كم شرق جاو», «le nord du Burkina», «between Gao and Ansongo».
//!
//! The names keep their own mentions; a relative one stands over them and says how it hangs on them. What it means as
//! geometry is told in `src/resolve/area.rs`.

mod beside;
mod border;
mod corner;
mod distance;
mod find;
mod heads;
mod lead;
mod way;

pub use distance::bearing_deg;
pub use find::relatives;
