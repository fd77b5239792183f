//! What a column can hold, and the words by which companies head it (`data/headers.txt`).

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::squeezed;

/// Which list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Homes with owners, tenants, areas, phones, delivery days.
    Homes,
    /// Staff with departments, posts, certificates.
    Staff,
}

/// Declares the fields with their stable names.
macro_rules! fields {
    ($($(#[$doc:meta])* $case:ident = $name:literal,)*) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $($(#[$doc])* $case,)* }
        impl Field {
            /// All fields of both kinds, in the order of our own exports.
            pub const ALL: &[Field] = &[$(Field::$case,)*];
            /// The stable name, for forms, JSON and the message catalogue.
            pub fn name(self) -> &'static str {
                match self { $(Field::$case => $name,)* }
            }
        }
    };
}

fields! {
    /// A whole code or a room: 房号.
    Unit = "unit",
    /// 期, 区.
    Phase = "phase",
    /// 楼栋.
    Building = "building",
    /// 单元.
    Stair = "stair",
    /// 楼层.
    Floor = "floor",
    /// 室号.
    Room = "room",
    /// 用途.
    Usage = "usage",
    /// 建筑面积, m².
    FloorArea = "floor_area",
    /// 套内面积, m².
    InsideArea = "inside_area",
    /// 交付日期.
    DeliveredOn = "delivered_on",
    /// 业主, co-owners may follow in the same cell.
    Owner = "owner",
    /// 业主电话; several columns may hold one.
    OwnerPhone = "owner_phone",
    /// 业主证件号.
    OwnerIdNumber = "owner_id_number",
    /// 共有人.
    CoOwner = "co_owner",
    /// 共有人电话.
    CoOwnerPhone = "co_owner_phone",
    /// 租户.
    Tenant = "tenant",
    /// 租户电话.
    TenantPhone = "tenant_phone",
    /// 租户证件号.
    TenantIdNumber = "tenant_id_number",
    /// 姓名 (staff).
    Name = "name",
    /// 手机 (staff).
    Phone = "phone",
    /// 部门.
    Department = "department",
    /// 岗位.
    Post = "post",
    /// 入职日期.
    JoinedOn = "joined_on",
    /// 工号.
    StaffNumber = "staff_number",
    /// 登录名.
    Login = "login",
    /// 证书名称.
    CertificateName = "certificate_name",
    /// 证书编号.
    CertificateNumber = "certificate_number",
    /// 有效期至.
    ValidUntil = "valid_until",
    /// 复审日期.
    ReviewOn = "review_on",
    /// 备注.
    Note = "note",
    /// A column that is known and wanted by nobody: 序号.
    Ignored = "ignored",
}

impl Field {
    /// The field of a stable name.
    pub fn of_name(name: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// The fields that a list of this kind can have.
    pub fn of_kind(kind: Kind) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |field| field.belongs_to(kind))
    }

    /// Several columns may hold it.
    pub(crate) fn may_repeat(self) -> bool {
        matches!(
            self,
            Field::OwnerPhone
                | Field::TenantPhone
                | Field::Phone
                | Field::CoOwner
                | Field::CoOwnerPhone
                | Field::Note
                | Field::Ignored
        )
    }

    fn belongs_to(self, kind: Kind) -> bool {
        let staff = self >= Field::Name && self <= Field::ReviewOn;
        matches!(self, Field::Note | Field::Ignored) || staff == (kind == Kind::Staff)
    }
}

/// Words of one kind: squeezed header → field.
struct Words {
    exact: HashMap<String, Field>,
}

static HOMES: LazyLock<Words> = LazyLock::new(|| words("homes"));
static STAFF: LazyLock<Words> = LazyLock::new(|| words("staff"));

/// `data/headers.txt`: sections in brackets, then `field: word, word …`.
fn words(section: &str) -> Words {
    let mut exact = HashMap::new();
    let mut inside = false;
    for line in include_str!("../data/headers.txt").lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            inside = name == section || name == "both";
        } else if let Some((field, list)) = line.split_once(':').filter(|_| inside) {
            let field = Field::of_name(field.trim()).expect("headers.txt names fields only; a test reads it all");
            exact.extend(list.split(',').map(|word| (squeezed(word), field)));
        }
    }
    Words { exact }
}

/// A header's field, and whether the header is exactly a known word rather than ending in one.
pub(crate) fn by_header(header: &str, kind: Kind) -> Option<(Field, bool)> {
    let words = match kind {
        Kind::Homes => &HOMES.exact,
        Kind::Staff => &STAFF.exact,
    };
    let spellings = spellings(header);
    if let Some(field) = spellings.iter().find_map(|spelling| words.get(spelling)) {
        return Some((*field, true));
    }
    let ends = |spelling: &String| {
        let known = words.iter().filter(|(word, _)| word.chars().count() >= 2 && spelling.ends_with(word.as_str()));
        known.max_by_key(|(word, _)| word.len()).map(|(_, field)| (*field, false))
    };
    spellings.iter().find_map(ends)
}

/// A header without brackets, units, stars and numbers, and with what stood in brackets before the rest:
/// `电话(租户)` is 租户电话.
fn spellings(header: &str) -> Vec<String> {
    let plain =
        squeezed(header).replace(['*', ':', '"', '\'', '_', '.', '-'], "").replace("必填", "").replace("选填", "");
    let Some((before, rest)) = plain.split_once(['(', '[', '【', '<']) else { return vec![without_end(&plain)] };
    let (inside, after) = rest.split_once([')', ']', '】', '>']).unwrap_or((rest, ""));
    let outside = without_end(&format!("{before}{after}"));
    if is_unit(inside) { vec![outside] } else { vec![format!("{inside}{outside}"), outside, without_end(&plain)] }
}

fn is_unit(text: &str) -> bool {
    ["M2", "M²", "平方米", "平米", "平方", "元", "年月日", "YYYYMMDD", "YYYY/MM/DD", "SQM", "人", "如有", "11位", ""]
        .contains(&text)
}

/// Without a number or unit at the end: 联系电话2, 建筑面积M2.
fn without_end(text: &str) -> String {
    let text = ["M2", "平方米", "平米"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四①②③".contains(c));
    if bare.is_empty() { text.to_owned() } else { bare.to_owned() }
}
