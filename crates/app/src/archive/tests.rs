use std::io::{Read, Write};

use values::Chance;

use super::{
    key::Source,
    seal::{Opener, Sealer},
};
use crate::exit::Code;

fn source(folder: &std::path::Path) -> Source {
    Source::Folder(folder.to_path_buf())
}

struct Temp(std::path::PathBuf);
impl Temp {
    fn new() -> Self {
        let path =
            std::env::temp_dir().join(format!("anju-seal-{}", kernel::audit::hex(&Chance::system().bytes::<8>())));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}
impl Drop for Temp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn sealed(folder: &Temp, plain: &[u8]) -> Vec<u8> {
    let mut sealer = Sealer::new(Vec::new(), &source(&folder.0), &Chance::system()).unwrap();
    for part in plain.chunks(1000) {
        sealer.write_all(part).unwrap();
    }
    sealer.finish().unwrap()
}

fn opened(folder: &Temp, sealed: &[u8]) -> Result<Vec<u8>, String> {
    let mut opener = Opener::new(sealed, &source(&folder.0)).map_err(|failure| format!("{:?}", failure.code()))?;
    let mut plain = Vec::new();
    opener.read_to_end(&mut plain).map_err(|cause| cause.to_string())?;
    Ok(plain)
}

#[test]
fn what_was_sealed_opens_again_at_every_length() {
    let folder = Temp::new();
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
        let plain: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
        assert_eq!(opened(&folder, &sealed(&folder, &plain)).as_deref(), Ok(plain.as_slice()), "{length}");
    }
}

#[test]
fn a_flipped_bit_anywhere_is_refused() {
    let folder = Temp::new();
    let whole = sealed(&folder, &vec![7; 70_000]);
    for at in (0..200).chain((200..whole.len()).step_by(997)) {
        let mut broken = whole.clone();
        broken[at] ^= 1;
        assert!(opened(&folder, &broken).is_err(), "byte {at}");
    }
}

#[test]
fn every_truncated_length_is_refused() {
    let folder = Temp::new();
    let whole = sealed(&folder, &vec![7; 131_072]);
    let chunk = 65_536 + 16;
    for length in (0..200)
        .chain([76 + chunk - 1, 76 + chunk, 76 + chunk + 1, 76 + 2 * chunk - 1])
        .chain((200..whole.len()).step_by(1499))
    {
        assert!(opened(&folder, &whole[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn chunks_in_another_order_are_refused() {
    let folder = Temp::new();
    let whole = sealed(&folder, &vec![7; 200_000]);
    let chunk = 65_536 + 16;
    let (first, second) = (&whole[76..76 + chunk], &whole[76 + chunk..76 + 2 * chunk]);
    let swapped = [&whole[..76], second, first, &whole[76 + 2 * chunk..]].concat();
    assert!(opened(&folder, &swapped).is_err());
}

#[test]
fn another_key_is_told_from_damage() {
    let (ours, theirs) = (Temp::new(), Temp::new());
    let whole = sealed(&ours, b"rows");
    let _ = sealed(&theirs, b"makes a key");
    assert_eq!(
        Opener::new(whole.as_slice(), &source(&theirs.0)).err().map(|failure| failure.code()),
        Some(Code::Input)
    );
    let mut broken = whole;
    broken[50] ^= 1;
    assert_eq!(
        Opener::new(broken.as_slice(), &source(&theirs.0)).err().map(|failure| failure.code()),
        Some(Code::Wrong)
    );
}

#[test]
fn a_passphrase_needs_no_key_folder() {
    let (folder, file) = (Temp::new(), Temp::new());
    let path = file.0.join("phrase");
    std::fs::write(&path, "correct horse battery\n").unwrap();
    let phrase = || Source::choose(Some(&path), folder.0.clone()).unwrap();
    let mut sealer = Sealer::new(Vec::new(), &phrase(), &Chance::system()).unwrap();
    sealer.write_all(b"rows").unwrap();
    let whole = sealer.finish().unwrap();
    assert!(folder.0.read_dir().unwrap().next().is_none(), "no key was made");
    let mut plain = Vec::new();
    Opener::new(whole.as_slice(), &phrase()).unwrap().read_to_end(&mut plain).unwrap();
    assert_eq!(plain, b"rows");
    std::fs::write(&path, "another horse battery\n").unwrap();
    assert_eq!(Opener::new(whole.as_slice(), &phrase()).err().map(|failure| failure.code()), Some(Code::Input));
}
