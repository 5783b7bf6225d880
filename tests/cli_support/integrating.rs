//! Pressmark among the programs of a free desktop: what is written for one user, and taken out again.

use std::{fs, process::Command};

use crate::cli_support::{Place, Ran, path_of_program};

impl Place {
    /// Runs `pressmark integrate` where the folder `data` is the user’s, and programs are looked for in `bin` alone.
    fn integrate(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(path_of_program());
        command.arg("integrate").args(arguments);
        command.env("XDG_DATA_HOME", self.path("data")).env("PATH", self.path("bin"));
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// A program that writes down what it was given.
    #[cfg(all(unix, not(target_os = "macos")))]
    fn with_teller(&self, name: &str, exit: u8) {
        use std::os::unix::fs::PermissionsExt;
        let told = self.path("told");
        self.write(
            &format!("bin/{name}"),
            format!("#!/bin/sh\necho {name} \"$1\" >>{told:?}\necho No. >&2\nexit {exit}\n"),
        );
        fs::set_permissions(self.path(&format!("bin/{name}")), fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
#[cfg(all(unix, not(target_os = "macos")))]
fn a_user_s_desktop_knows_pressmark_until_it_is_taken_out() {
    let place = Place::new();
    place.write("data/applications/other.desktop", "theirs");
    place.with_teller("update-desktop-database", 0);
    place.with_teller("update-mime-database", 0);
    let ran = place.integrate(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let data = place.path("data");
    let mut expected =
        ["icons/hicolor/scalable/apps/pressmark.svg", "icons/hicolor/256x256/apps/pressmark.png"].to_vec();
    expected.extend(["mime/packages/pressmark.xml", "applications/pressmark.desktop"]);
    let lines =
        |what: &str| expected.iter().map(|path| format!("{what} {}\n", data.join(path).display())).collect::<String>();
    assert_eq!(ran.out, lines("Wrote"));
    let entry = place.read("data/applications/pressmark.desktop");
    assert!(
        entry.contains(&format!("\nExec=\"{}\" %f\n", path_of_program().canonicalize().unwrap().display())),
        "{entry}"
    );
    let told = format!("update-desktop-database {0}/applications\nupdate-mime-database {0}/mime\n", data.display());
    assert_eq!(place.read("told"), told);

    let once_more = place.integrate(&[]);
    assert_eq!((once_more.code, once_more.out), (0, ran.out), "what is there is replaced");

    let mut removed: Vec<String> = place.integrate(&["--remove"]).out.lines().map(str::to_owned).collect();
    removed.sort();
    let mut all: Vec<String> = lines("Removed").lines().map(str::to_owned).collect();
    all.sort();
    assert_eq!(removed, all);
    assert_eq!(
        place.snapshot("data").into_keys().collect::<Vec<_>>(),
        ["applications/other.desktop".into()] as [std::path::PathBuf; 1]
    );
    assert_eq!(place.read("told"), told.repeat(3), "the desktop is told each time");
    let nothing = place.integrate(&["--remove"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
    assert!(nothing.err.contains("Nothing of Pressmark was there"), "{}", nothing.err);
}

#[test]
#[cfg(all(unix, not(target_os = "macos")))]
fn a_desktop_that_can_not_be_told_is_said() {
    let place = Place::new();
    place.with_teller("update-mime-database", 1);
    let needles = ["update-desktop-database was not found", "desktop-file-utils", "update-mime-database failed: No."];
    place.integrate(&[]).says(0, &needles);
}

#[test]
#[cfg(all(unix, not(target_os = "macos")))]
fn a_place_that_can_not_be_written_is_said() {
    let place = Place::new();
    place.write("data", "in the way");
    place.integrate(&[]).says(2, &["Can’t write the file", "pressmark.svg"]);
    assert_eq!(place.integrate(&["--remove"]).code, 0);
}

#[test]
#[cfg(any(windows, target_os = "macos"))]
fn there_are_no_entries_here() {
    Place::new().integrate(&[]).says(2, &["no desktop entries"]);
}

#[test]
fn a_packed_project_is_what_its_type_says() {
    let place = Place::with_marked_project();
    place.ok(&["pack", "p", "p.ron"]);
    let types = include_str!("../../assets/desktop/pressmark.xml");
    let (_, from) = types.split_once("offset=\"0\" value=\"").unwrap();
    let (first, _) = from.split_once('"').unwrap();
    assert!(first.len() > 20 && place.read("p.ron").starts_with(first), "{first}");
    let entry = include_str!("../../assets/desktop/pressmark.desktop");
    let (_, from) = types.split_once("mime-type type=\"").unwrap();
    let (name, _) = from.split_once('"').unwrap();
    assert!(entry.contains(&format!("\nMimeType={name};\n")), "{name}");
}
