//! A day's work, one thing at a time.
