//! A red control: passes requests on, each some milliseconds later, as if the handler behind it slept.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

use crate::Done;

#[tokio::main]
pub async fn serve(address: &str, target: &str, millis: &str) -> Done {
    let late = Duration::from_millis(millis.parse()?);
    let listener = TcpListener::bind(address).await?;
    loop {
        let (near, _) = listener.accept().await?;
        let far = TcpStream::connect(target).await?;
        near.set_nodelay(true)?;
        far.set_nodelay(true)?;
        let (near_read, mut near_write) = near.into_split();
        let (mut far_read, far_write) = far.into_split();
        tokio::spawn(async move { later(near_read, far_write, late).await });
        tokio::spawn(async move { copy(&mut far_read, &mut near_write).await });
    }
}

/// A request of ours is one read: they are short.
async fn later(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, late: Duration) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        tokio::time::sleep(late).await;
        to.write_all(&buffer[..read]).await?;
    }
}
