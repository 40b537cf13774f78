//! Which files of a directory are documents, and that none is overlooked.

mod support;

use support::{ALPHA, Project, Run};

const EXPECTED: &str =
    "help: documents are files named `*.md` in the directory itself and in its `overlay`\n";

/// A run that has to be refused, the output staying as it was.
fn refused(project: &Project) -> Run {
    let before = project.tree("out");
    let run = project.regenerate(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert_eq!(project.tree("out"), before);
    run
}

#[test]
fn readmes_hidden_files_and_other_files_are_no_documents() {
    let project = Project::regenerated("no_documents");
    for path in [
        "README.md",
        "overlay/Readme.md",
        "overlay/README.MD",
        ".#alpha.md",
        ".hidden/x.md",
        "notes.txt",
        "pictures/README.md",
        "pictures/one/map.svg",
        "pictures/.hidden.md",
    ] {
        project.write(&format!("spec/{path}"), "no document");
    }
    let run = project.regenerate(&["--check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn documents_where_none_is_read_are_an_error() {
    let project = Project::regenerated("overlooked");
    for (path, named) in [
        ("Overlay/alpha.md", "Overlay"),
        ("overlays/alpha.md", "overlays"),
        ("more/of/them/alpha.MD", "more"),
        ("overlay/old/alpha.md", "overlay/old"),
        ("overlay/overlay/alpha.md", "overlay/overlay"),
        ("README.md/alpha.md", "README.md"),
        ("gamma.MD", "gamma.MD"),
        ("overlay/alpha.Md", "overlay/alpha.Md"),
    ] {
        let path = format!("spec/{path}");
        project.write(&path, ALPHA);
        let run = refused(&project);
        let error = format!("error: not read as a document: `spec/{named}`\n{EXPECTED}");
        assert_eq!(run.stderr, error);
        project.remove(&path);
    }
    assert_eq!(project.regenerate(&["--check"]).code, 0);
}

#[test]
fn all_that_would_be_overlooked_is_named_at_once() {
    let project = Project::regenerated("overlooked_all");
    for path in ["overlay/c.MD", "b\u{1b}[31m/x.md", "a.mD"] {
        project.write(&format!("spec/{path}"), ALPHA);
    }
    let run = refused(&project);
    let names = r"`spec/a.mD`, `spec/b\u{1b}[31m`, `spec/overlay/c.MD`";
    assert_eq!(
        run.stderr,
        format!("error: not read as a document: {names}\n{EXPECTED}")
    );
}

#[test]
fn a_document_that_is_a_directory_is_an_error() {
    let project = Project::regenerated("directory");
    for name in ["page.md", "overlay/page.md"] {
        let path = project.root.join("spec").join(name);
        std::fs::create_dir(&path).unwrap();
        let run = refused(&project);
        let error = format!("error: `spec/{name}` is not a file\n");
        assert!(run.stderr.starts_with(&error), "{run:?}");
        std::fs::remove_dir(path).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_errors() {
    use std::os::unix::fs::symlink;
    let project = Project::regenerated("dangling");
    std::fs::remove_dir(project.root.join("spec/overlay")).unwrap();
    for name in ["overlay", "gamma.md", "overlays"] {
        let link = project.root.join("spec").join(name);
        symlink("nowhere", &link).unwrap();
        let run = refused(&project);
        assert!(run.stderr.starts_with("error: cannot read "), "{run:?}");
        assert!(run.stderr.contains(&format!("`spec/{name}`: ")), "{run:?}");
        std::fs::remove_file(link).unwrap();
    }
    assert_eq!(project.regenerate(&["--check"]).code, 0);
}

#[cfg(unix)]
#[test]
fn links_to_documents_and_to_overlays_are_followed() {
    use std::os::unix::fs::symlink;
    let project = Project::regenerated("linked");
    let spec = project.root.join("spec");
    std::fs::remove_dir(spec.join("overlay")).unwrap();
    project.write("elsewhere/gamma.md", support::BROKEN);
    for (target, link) in [
        ("../elsewhere", "overlay"),
        ("../elsewhere/gamma.md", "gamma.md"),
    ] {
        symlink(target, spec.join(link)).unwrap();
        let run = refused(&project);
        assert!(run.stderr.contains("gamma.md:4:"), "{link}: {run:?}");
        std::fs::remove_file(spec.join(link)).unwrap();
    }
    symlink("../elsewhere", spec.join("more")).unwrap();
    let run = refused(&project);
    assert!(run.stderr.contains("document: `spec/more`\n"), "{run:?}");
}
