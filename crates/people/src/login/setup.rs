//! The one-time link with which somebody sets a password without knowing the old one.

use kernel::{Error, House, PartyId, access};

/// Whose key this is, while it is good.
pub async fn owner(house: &House, key: &str) -> Result<Option<PartyId>, Error> {
    let mut read = house.read(&access::system_company("setup link")).await?;
    let now = read.now();
    let sql = "SELECT party AS value FROM accounts WHERE setup = $1 AND setup_ends > $2 AND disabled = 0";
    read.opt(sql, (access::hash_token(key), now)).await
}
