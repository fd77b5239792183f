//! Every document is read back by programs that know nothing of ours: poppler, zbar and qpdf.
mod documents;
mod labels;
mod order;
mod table;
mod wrapping;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::Rendered;

/// A document in a folder of its own, which is removed with it.
struct File {
    folder: PathBuf,
}

impl File {
    /// `name` must differ between tests, because they run beside each other.
    fn of(document: &Rendered, name: &str) -> File {
        let folder = std::env::temp_dir().join(format!("paper-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = File { folder };
        std::fs::write(file.path(), &document.bytes).unwrap();
        file
    }

    fn path(&self) -> PathBuf {
        self.folder.join("document.pdf")
    }

    /// The text in reading order, all white space left out: a cell may be wrapped, but never lost.
    fn text(&self) -> String {
        self.laid_out_text().split_whitespace().collect()
    }

    /// The text as it stands on the page, pages parted by form feeds.
    fn laid_out_text(&self) -> String {
        run(Command::new("pdftotext").arg("-layout").arg(self.path()).arg("-"))
    }

    /// The text of each page in the order in which it was written, white space left out.
    fn page_texts(&self) -> Vec<String> {
        let text = run(Command::new("pdftotext").arg("-raw").arg(self.path()).arg("-"));
        let pages = text.strip_suffix('\u{c}').unwrap_or(&text).split('\u{c}');
        pages.map(|page| page.split_whitespace().collect()).collect()
    }

    /// What every QR code says when the pages are seen at `dpi`, sorted.
    fn codes(&self, dpi: u32) -> Vec<String> {
        run(Command::new("pdftoppm")
            .args(["-r", &dpi.to_string(), "-gray"])
            .arg(self.path())
            .arg(self.folder.join("p")));
        let mut codes: Vec<String> = self.pictures().iter().flat_map(|picture| read_codes(picture)).collect();
        codes.sort();
        codes
    }

    fn pictures(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ending| ending == "pgm")).collect()
    }

    /// The lines of `pdffonts` below its heading.
    fn fonts(&self) -> Vec<String> {
        run(Command::new("pdffonts").arg(self.path())).lines().skip(2).map(str::to_owned).collect()
    }

    fn page_count(&self) -> usize {
        run(Command::new("qpdf").arg("--show-npages").arg(self.path())).trim().parse().unwrap()
    }

    /// The kinds of the pictures in the file, in order: `image jpeg`, `image image` (stored otherwise), `smask …`.
    fn picture_kinds(&self) -> Vec<String> {
        let list = run(Command::new("pdfimages").arg("-list").arg(self.path()));
        let columns = list.lines().skip(2).map(|line| line.split_whitespace().collect::<Vec<_>>());
        columns.map(|columns| format!("{} {}", columns[2], columns[8])).collect()
    }

    /// The words of all pages that reach lower than `y` points, run together.
    fn words_below(&self, y: f32) -> String {
        self.words_beyond("yMax", y)
    }

    fn words_right_of(&self, x: f32) -> String {
        self.words_beyond("xMax", x)
    }

    fn words_beyond(&self, edge: &str, limit: f32) -> String {
        let boxes = run(Command::new("pdftotext").arg("-bbox").arg(self.path()).arg("-"));
        let start = format!("{edge}=\"");
        let reach = |word: &str| word.split(&start).nth(1).and_then(|rest| rest.split('"').next()?.parse::<f32>().ok());
        let far = boxes.lines().filter(|line| reach(line).is_some_and(|reached| reached > limit));
        far.map(|line| line.split_once('>').unwrap().1.trim_end_matches("</word>")).collect()
    }

    fn page_size(&self) -> String {
        let about = run(Command::new("pdfinfo").arg(self.path()));
        about.lines().find_map(|line| line.strip_prefix("Page size:")).unwrap().trim().to_owned()
    }

    /// Fails with the complaint of qpdf unless the file is clean.
    fn assert_sound(&self) {
        run(Command::new("qpdf").arg("--check").arg(self.path()));
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary folder fails no test.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn read_codes(picture: &Path) -> Vec<String> {
    /// How zbarimg ends when a page holds no code.
    const NOTHING_FOUND: i32 = 4;
    let mut reader = Command::new("zbarimg");
    let found = ended(reader.args(["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable"]).arg(picture), NOTHING_FOUND);
    found.lines().map(str::to_owned).collect()
}

fn run(command: &mut Command) -> String {
    ended(command, 0)
}

/// What `command` wrote, when it ended well or with the code `other`.
fn ended(command: &mut Command, other: i32) -> String {
    let started = command.output();
    let Output { status, stdout, stderr } =
        started.unwrap_or_else(|cause| panic!("{command:?} (poppler-utils, zbar-tools, qpdf): {cause}"));
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8_lossy(&stderr));
    assert!(status.success() || status.code() == Some(other), "{command:?} ended with {status}\n{stdout}{stderr}");
    stdout
}

/// The same text without white space, to be looked for in `File::text`.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
