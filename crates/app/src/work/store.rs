use kernel::{Error, House, access};
use values::Moment;

/// Drops stored answers from before `then`.
pub async fn forget_answers(house: &House, then: Moment) -> Result<(), Error> {
    let mut tx = house.begin(&access::system_company("tidy")).await?;
    tx.raw("DELETE FROM answered WHERE at < $1", (then,)).await?;
    tx.commit().await
}
