//! As little of HTTP/1.1 as a measure needs: one connection that is kept, requests that are bytes, answers with their length.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::Outcome;

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// The answer to one request.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Head and body.
    pub length: usize,
    pub head: String,
    pub body: Vec<u8>,
}

impl Client {
    pub async fn open(address: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(256 * 1024) })
    }
    /// Errors: the connection ended, an answer without a length.
    pub async fn send(&mut self, request: &[u8]) -> Outcome<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            let before = self.buffer.len().saturating_sub(3);
            self.more().await?;
            if let Some(end) = self.buffer[before..].windows(4).position(|four| four == b"\r\n\r\n") {
                break before + end + 4;
            }
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
        let status = text.get(9..12).and_then(|code| code.parse().ok()).ok_or("no status line")?;
        let whole = head + length(&text, status)?;
        while self.buffer.len() < whole {
            self.more().await?;
        }
        Ok(Answer { status, length: whole, head: text, body: self.buffer[head..whole].to_vec() })
    }
    async fn more(&mut self) -> Outcome<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the connection was closed".into()),
            _ => Ok(()),
        }
    }
}

fn length(head: &str, status: u16) -> Outcome<usize> {
    let line = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    match line {
        Some(length) => Ok(length),
        None if matches!(status, 204 | 304) => Ok(0),
        None => Err(format!("an answer without its length: {head}").into()),
    }
}
