//! Tolls.
