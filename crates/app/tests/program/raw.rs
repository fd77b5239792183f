//! HTTP by hand, for peers that do not behave.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::installed::Serving;

/// A test that waits longer than this hangs.
const HANGS: Duration = Duration::from_secs(60);

pub struct Raw(TcpStream);

impl Raw {
    pub async fn to(serving: &Serving) -> Self {
        let address = serving.address.trim_start_matches("http://");
        Self(TcpStream::connect(address).await.expect("the program listens"))
    }
    /// False when the other side has closed already.
    pub async fn say(&mut self, text: impl AsRef<[u8]>) -> bool {
        self.0.write_all(text.as_ref()).await.is_ok()
    }
    /// One piece of what comes; empty at the end of the connection, however it ends.
    async fn piece(&mut self) -> Vec<u8> {
        let mut piece = vec![0; 64 * 1024];
        let read = tokio::time::timeout(HANGS, self.0.read(&mut piece)).await.expect("an answer or an end");
        piece.truncate(read.unwrap_or(0));
        piece
    }
    /// What comes within a moment; `None` when nothing does.
    pub async fn glance(&mut self, moment: Duration) -> Option<String> {
        let piece = tokio::time::timeout(moment, self.piece()).await.ok()?;
        Some(String::from_utf8_lossy(&piece).into_owned())
    }
    /// Everything until the end of the connection.
    pub async fn rest(mut self) -> String {
        let mut all = Vec::new();
        loop {
            let piece = self.piece().await;
            if piece.is_empty() {
                return String::from_utf8_lossy(&all).into_owned();
            }
            all.extend(piece);
        }
    }
    /// One answer with its body, which has a length; `None` when the connection ended before it.
    pub async fn answer(&mut self) -> Option<String> {
        let mut all = Vec::new();
        loop {
            let piece = self.piece().await;
            if piece.is_empty() {
                return None;
            }
            all.extend(piece);
            let text = String::from_utf8_lossy(&all);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            if body.len() >= header(head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0) {
                return Some(text.into_owned());
            }
        }
    }
    pub async fn get(&mut self, path: &str) -> Option<String> {
        self.say(format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n")).await;
        self.answer().await
    }
}

/// The value of a header in the text of an answer.
pub fn header<'t>(answer: &'t str, name: &str) -> Option<&'t str> {
    let lines = answer.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(':'));
    lines.map(|(key, value)| (key, value.trim())).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|found| found.1)
}

/// `HTTP/1.1 408 …` → 408; 0 for no answer.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}
