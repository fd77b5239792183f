//! What a header says when it says more than one known word: `租户/电话` holds tenants with their phones, `业主/租户` asks a
//! person. Above all: whose phone it is. A phone is a log-in, so one that may be somebody else's is never the owner's.

use crate::fields::{Field, Kind, by_header};
use crate::text::squeezed;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The field, and whether the header is known as a whole.
    Is(Field, bool),
    /// Several things, or somebody's whom we cannot tell.
    Mixed,
    Unknown,
}

pub(super) fn of(header: &str, kind: Kind) -> Meaning {
    let known = by_header(header, kind);
    if let Some((field, true)) = known {
        return Meaning::Is(field, true);
    }
    let text = squeezed(header);
    let parts: Vec<&str> = text.split(BREAKS).filter(|part| !part.is_empty()).collect();
    let joined = if parts.len() > 1 { together(&parts, kind) } else { None };
    joined.unwrap_or_else(|| known.map_or(Meaning::Unknown, |(field, _)| whose(field, &text)))
}

const BREAKS: [char; 12] = ['/', '、', '&', '+', '|', ',', '\\', '及', '和', '与', '或', ';'];

/// Somebody who is neither the owner nor the tenant, as far as we know.
const OTHERS: &[&str] = &[
    "联系人",
    "代理",
    "委托",
    "中介",
    "紧急",
    "亲属",
    "亲友",
    "家属",
    "家人",
    "子女",
    "父亲",
    "母亲",
    "经办",
    "管家",
    "物业电话",
    "物业联系",
    "物业人员",
    "开发商",
    "售楼",
    "原业主",
    "原户主",
    "原产权",
    "前业主",
    "介绍人",
    "AGENT",
    "EMERGENCY",
    "RELATIVE",
    "PREVIOUS",
    "FORMER",
];
const TENANTS: &[&str] = &["租", "使用人", "使用方", "TENANT", "LESSEE", "OCCUPANT"];
const CO_OWNERS: &[&str] = &["共有", "共同", "配偶", "COOWNER", "CO-OWNER", "JOINT"];

fn names_one(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Could the column belong to somebody whom its words do not settle?
pub(super) fn is_somebodys(header: &str) -> bool {
    let text = squeezed(header);
    [OTHERS, TENANTS, CO_OWNERS].iter().any(|words| names_one(&text, words))
}

/// Parts that are one thing, or people with their phones; none when the parts say nothing together.
fn together(parts: &[&str], kind: Kind) -> Option<Meaning> {
    let fields: Vec<Option<Field>> =
        parts.iter().map(|part| by_header(part, kind).filter(|(_, exact)| *exact).map(|(field, _)| field)).collect();
    let known: Vec<Field> = fields.iter().copied().flatten().collect();
    let first = *known.first()?;
    if known.len() < parts.len() {
        let strange = parts.iter().any(|part| is_somebodys(part) && by_header(part, kind).is_none());
        return (strange && known.iter().any(|field| is_personal(*field))).then_some(Meaning::Mixed);
    }
    if known.iter().all(|field| *field == first) {
        return Some(Meaning::Is(first, true));
    }
    let person = known.iter().copied().find(|field| phone_of(*field).is_some());
    let fits = |field: &Field| person.is_some_and(|person| goes_with(*field, person));
    if known.iter().all(fits) {
        return person.map(|person| Meaning::Is(person, true));
    }
    known.iter().any(|field| is_personal(*field)).then_some(Meaning::Mixed)
}

/// 姓名 with 电话 beside it in one cell; 业主及共有人 are the owner and those who follow.
fn goes_with(field: Field, person: Field) -> bool {
    let plain = matches!(field, Field::OwnerPhone | Field::Phone);
    field == person || phone_of(person) == Some(field) || plain || (person, field) == (Field::Owner, Field::CoOwner)
}

fn phone_of(person: Field) -> Option<Field> {
    match person {
        Field::Owner => Some(Field::OwnerPhone),
        Field::Tenant => Some(Field::TenantPhone),
        Field::CoOwner => Some(Field::CoOwnerPhone),
        Field::Name => Some(Field::Phone),
        _ => None,
    }
}

fn is_personal(field: Field) -> bool {
    matches!(
        field,
        Field::Owner
            | Field::OwnerPhone
            | Field::OwnerIdNumber
            | Field::CoOwner
            | Field::CoOwnerPhone
            | Field::Tenant
            | Field::TenantPhone
            | Field::TenantIdNumber
            | Field::Name
            | Field::Phone
    )
}

/// A header that only ends in a known word: 租赁户电话 is the tenant's, 联系人电话 is nobody's we know.
fn whose(field: Field, text: &str) -> Meaning {
    if !is_personal(field) {
        return Meaning::Is(field, false);
    }
    let tenants = match field {
        Field::Owner => Some(Field::Tenant),
        Field::OwnerPhone => Some(Field::TenantPhone),
        Field::OwnerIdNumber => Some(Field::TenantIdNumber),
        _ => None,
    };
    let co_owners = match field {
        Field::Owner => Some(Field::CoOwner),
        Field::OwnerPhone => Some(Field::CoOwnerPhone),
        _ => None,
    };
    match (tenants, co_owners) {
        _ if names_one(text, OTHERS) => Meaning::Mixed,
        (Some(field), _) if names_one(text, TENANTS) => Meaning::Is(field, false),
        (_, Some(field)) if names_one(text, CO_OWNERS) => Meaning::Is(field, false),
        _ => Meaning::Is(field, false),
    }
}
