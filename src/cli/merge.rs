//! Merging: a whole project, or single files for git. As git’s merge driver it exits with 1 where both sides have
//! changed the same differently, which git takes for a conflict.

use super::{
    args::MergeArgs,
    out::{self, Failure, Out},
};
use crate::{diagnostic::Diagnostic, phrase, store};

/// Carries out `pressmark merge`.
pub fn run(args: &MergeArgs) -> Result<(), Failure> {
    if let [base, ours, theirs, path] = args.driver.as_slice() {
        let found = store::merge_files(base, ours, theirs, path).map_err(|why| Failure::Aborted(vec![why]))?;
        out::tell(&found);
        return if found.is_empty() { Ok(()) } else { Err(Failure::Found) };
    }
    let Some(project) = &args.project else { return Ok(()) };
    let done = store::merge_project(project)?;
    out::tell(&done.found);
    let lines: String =
        done.files.iter().map(|file| format!("{}\n", out::plain(&file.display().to_string()))).collect();
    Out::new().write(&lines)?;
    out::say(&match done.files.len() {
        0 => phrase!("Nothing was merged"),
        n => phrase!("Merged {n} file|Merged {n} files", n),
    });
    out::fail_if_errors(&done.found)?;
    if done.found.iter().any(|told| !Diagnostic::is_error(told)) { Err(Failure::Found) } else { Ok(()) }
}
