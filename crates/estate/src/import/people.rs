//! Who the people of a row are: matched by unit and name, then by name and phone within the site, never by the phone
//! alone. Pure. A home whose owner is somebody else now is left to a person: the register never gets two owners by itself.

use kernel::{
    PartyId,
    parties::{HomeRole, KnownMember, PartyKind},
    search,
};
use sheets::{Field, Mapping};
use values::{Day, Phone};

use super::{
    known::{Known, holders, is_there},
    model::Problem,
};

/// Why a row is left out.
#[derive(Debug)]
pub struct Left {
    pub field: Field,
    pub code: &'static str,
    pub value: String,
    pub args: Vec<(&'static str, String)>,
}

impl Left {
    pub fn new(field: Field, code: &'static str, value: impl Into<String>) -> Self {
        Self { field, code, value: value.into(), args: Vec::new() }
    }
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    /// As the report names it. A home stands in the column of its code, or of its room; what has no column is missed
    /// beside what it belongs to.
    pub fn at(self, sheet: &str, mapping: &Mapping, row: u32) -> Problem {
        let beside = match self.field {
            Field::Unit => Field::Room,
            Field::CertificateNumber => Field::CertificateName,
            Field::Department | Field::Post => Field::Name,
            other => other,
        };
        let column = mapping.column_of(self.field).or_else(|| mapping.column_of(beside));
        Problem {
            sheet: sheet.to_string(),
            row,
            column: column.map(|column| mapping.column_name(column)).unwrap_or_default(),
            value: self.value,
            code: self.code.to_string(),
            args: self.args.into_iter().map(|(name, value)| (name.to_string(), value)).collect(),
        }
    }
}

/// Somebody of a row, and what is to be registered of them.
#[derive(Debug)]
pub struct Wish {
    /// As compared.
    pub key: String,
    pub name: String,
    pub kind: PartyKind,
    pub phones: Vec<Phone>,
    /// Numbers we cannot dial (extensions, other countries): kept as a note of a new party.
    pub note: Option<String>,
    pub identity: Option<String>,
    pub party: Option<PartyId>,
    /// Registered in the home already.
    pub there: bool,
    pub role: HomeRole,
}

/// The columns of owners or of tenants.
pub struct Side {
    pub owning: bool,
    pub field: Field,
    pub identity: Field,
    differs: &'static str,
}

pub const OWNERS: Side =
    Side { owning: true, field: Field::Owner, identity: Field::OwnerIdNumber, differs: "owner_differs" };
pub const TENANTS: Side =
    Side { owning: false, field: Field::Tenant, identity: Field::TenantIdNumber, differs: "tenant_differs" };

/// The people of one side of a row. `members`: everybody of the home, past and present.
pub fn wishes(
    known: &Known,
    members: &[KnownMember],
    parties: &[sheets::Party],
    side: &Side,
    today: Day,
) -> Result<Vec<Wish>, Left> {
    let now = holders(members, side.owning, today);
    let mut has_owner = now.iter().any(|member| member.role == HomeRole::Owner);
    let mut all = Vec::with_capacity(parties.len());
    for party in parties {
        let mut wish = wish(known, members, party, side, today)?;
        if side.owning && !wish.there {
            wish.role = if has_owner { HomeRole::CoOwner } else { HomeRole::Owner };
            has_owner = true;
        }
        all.push(wish);
    }
    if let Some(first) = all.first().filter(|_| !now.is_empty() && all.iter().all(|wish| !wish.there)) {
        let names: Vec<String> = now.iter().map(|member| values::mask_name(&member.name)).collect();
        return Err(Left::new(side.field, side.differs, first.name.clone()).with("now", names.join("、")));
    }
    Ok(all)
}

fn wish(known: &Known, members: &[KnownMember], party: &sheets::Party, side: &Side, today: Day) -> Result<Wish, Left> {
    let key = search::plain(&party.name);
    let (phones, note) = dialled(&party.phones);
    let same: Vec<&KnownMember> = members.iter().filter(|member| search::plain(&member.name) == key).collect();
    let here = same.iter().find(|member| is_there(member, today) && member.role.owns() == side.owning);
    let other = same.iter().find(|member| is_there(member, today));
    if let (None, Some(gone)) = (other, same.iter().filter_map(|member| member.to).max()) {
        return Err(Left::new(side.field, "occupant_left", party.name.clone()).with("day", gone));
    }
    let matched = here.or(other).map(|member| member.party).or_else(|| known.party(&key, &phones));
    Ok(Wish {
        kind: if party.company { PartyKind::Company } else { PartyKind::Person },
        name: party.name.clone(),
        identity: party.id_number.clone(),
        party: matched,
        there: here.is_some(),
        role: here.map_or(HomeRole::Tenant, |member| member.role),
        key,
        phones,
        note,
    })
}

/// Numbers that can be dialled; a number with an extension counts without it, and stays whole in the note.
fn dialled(texts: &[String]) -> (Vec<Phone>, Option<String>) {
    let (mut phones, mut rest): (Vec<Phone>, Vec<&str>) = (Vec::new(), Vec::new());
    for text in texts {
        let whole = text.parse::<Phone>();
        if whole.is_err() {
            rest.push(text);
        }
        let phone = whole.ok().or_else(|| text.rsplit_once('-').and_then(|(front, _)| front.parse().ok()));
        phones.extend(phone.filter(|phone| !phones.contains(phone)));
    }
    (phones, (!rest.is_empty()).then(|| rest.join(" ")))
}
