//! What the window shows, looked at: the real views, painted in software.
#![cfg(feature = "gui")]

mod support;
