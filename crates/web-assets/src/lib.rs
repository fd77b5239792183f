//! What the browser loads, embedded in the program: one style sheet, one script a face, icons, the service worker and
//! the web-app manifests. `build.mjs` makes them from `css/`, `js/` and the locked npm packages; `build.rs` lists them.
//! Files are served below [`PREFIX`] under names that carry their content hash, so they may be cached for ever; the
//! few that need a fixed address (`sw.js`, `favicon.svg`) are taken by [`named`] and served with their `etag`.

#[cfg(test)]
mod tests;

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The name without hash: `app.css`.
    pub name: &'static str,
    /// The name with hash, as served: `app.3f2a91c0de77.css`.
    pub file: &'static str,
    pub bytes: &'static [u8],
    /// The same packed with gzip; `None` for pictures, which are packed already.
    pub gzip: Option<&'static [u8]>,
    pub content_type: &'static str,
    /// Strong validator with its quotes.
    pub etag: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// Where hashed files are served: the router answers `/assets/{file}` with [`get`] and a year of `immutable` caching.
pub const PREFIX: &str = "/assets/";

/// The file behind `/assets/{file}`; `None` for names of another build, which is a plain 404.
pub fn get(file: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.file == file)
}

/// The file of this name without hash, for addresses that must stay the same (`/f/sw.js`, `/favicon.svg`).
pub fn named(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The address a page writes: `url("app.css")` is `/assets/app.3f2a91c0de77.css`.
///
/// # Panics
/// When no such file was built: names are literals in our own pages, so this is our mistake and shows on the first view.
pub fn url(name: &str) -> String {
    let asset = named(name).unwrap_or_else(|| panic!("no browser file is called {name}"));
    format!("{PREFIX}{}", asset.file)
}

/// Markup inside the `<svg viewBox="0 0 24 24">` of an icon, by our own names (`icons.json`).
///
/// # Panics
/// When there is no icon of that name, as for [`url`].
pub fn icon(name: &str) -> &'static str {
    let at = ICONS.binary_search_by_key(&name, |(ours, _)| ours).unwrap_or_else(|_| panic!("no icon is called {name}"));
    ICONS[at].1
}

/// All icon names, sorted.
pub fn icons() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, _)| *name)
}

/// The words that the script of a face (`console`, `portal`, `field`, `public`) takes from the page's
/// `<div id="say" data-say-…>`; the page must give each of them, in the reader's language.
pub fn texts(face: &str) -> &'static [&'static str] {
    TEXTS.iter().find(|(name, _)| *name == face).map_or(&[], |(_, keys)| *keys)
}
