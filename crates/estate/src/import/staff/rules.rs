//! Who of a list is known and what is new. Pure. Matched by staff number, then by name and phone, then by a name that one
//! person alone bears; never by the phone alone.

use std::collections::HashMap;

use kernel::{
    PartyId,
    certificates::{Certificate, Kind},
    parties::{KnownMember, NewParty},
    search,
    sites::Department,
};
use sheets::{Field, Mapping, Parsed, StaffRow};
use values::{Day, Id, Phone};

pub use crate::import::rules::PartyRef;
use crate::import::{
    model::{Outcome, Problem, Summary},
    people::Left,
    rules::LINES,
    vocabulary,
};

/// Somebody on the staff today.
#[derive(Clone, Debug)]
pub struct KnownStaff {
    pub party: PartyId,
    pub name: String,
    pub number: Option<String>,
    pub department: Id<Department>,
    pub post: Option<String>,
    pub phones: Vec<Phone>,
}

#[derive(Clone, Debug)]
pub struct KnownDepartment {
    pub id: Id<Department>,
    pub code: String,
    pub name: String,
}

/// What a site knows of its staff.
pub struct Known {
    pub staff: Vec<KnownStaff>,
    pub departments: Vec<KnownDepartment>,
    pub certificates: Vec<Certificate>,
    /// Party and log-in: of everybody at the site, and of whoever has one of the list's log-ins.
    pub accounts: Vec<(PartyId, Option<String>)>,
    pub residents: Vec<KnownMember>,
}

#[derive(Clone, Debug)]
pub struct NewStaff {
    pub party: PartyRef,
    pub department: Id<Department>,
    pub post: Option<String>,
    pub number: Option<String>,
    pub from: Day,
}

#[derive(Clone, Debug)]
pub struct NewCertificate {
    pub party: PartyRef,
    pub kind: Kind,
    pub trade: Option<&'static str>,
    pub number: String,
    pub valid_until: Option<Day>,
    pub review_due: Option<Day>,
}

#[derive(Clone, Debug)]
pub struct CertificateChange {
    pub id: Id<Certificate>,
    pub before: (Option<Day>, Option<Day>),
    pub after: (Option<Day>, Option<Day>),
    pub version: i64,
}

/// Everything that a list of staff would write.
#[derive(Default)]
pub struct StaffPlan {
    pub parties: Vec<NewParty>,
    pub staff: Vec<NewStaff>,
    /// Department and name of posts that the list names.
    pub posts: Vec<(Id<Department>, String)>,
    pub accounts: Vec<(PartyRef, String)>,
    pub certificates: Vec<NewCertificate>,
    pub changed_certificates: Vec<CertificateChange>,
    pub phones: Vec<(PartyId, usize, Vec<Phone>)>,
    pub lines: Vec<(String, u32, Outcome)>,
    pub summary: Summary,
}

/// As log-ins are kept.
pub fn login(text: &str) -> String {
    text.trim().to_lowercase()
}

pub fn plan(known: &Known, sheets: &[(Mapping, Parsed<StaffRow>)], today: Day) -> StaffPlan {
    let mut planner =
        Planner { known, today, plan: StaffPlan::default(), logins: HashMap::new(), left_out: Vec::new() };
    for (mapping, parsed) in sheets {
        planner.plan.summary.problems.extend(parsed.errors.iter().map(Problem::from));
        planner.plan.summary.warnings.extend(parsed.warnings.iter().map(Problem::from));
        planner.plan.summary.rows += parsed.count();
        for row in &parsed.rows {
            let outcome = planner.row(row).unwrap_or_else(|left| {
                planner.plan.summary.problems.push(left.at(&parsed.sheet, mapping, row.row));
                Outcome::Bad
            });
            let left_out = std::mem::take(&mut planner.left_out).into_iter();
            let warnings = left_out.map(|left| left.at(&parsed.sheet, mapping, row.row));
            planner.plan.summary.warnings.extend(warnings);
            planner.plan.summary.unchanged += usize::from(outcome == Outcome::Unchanged);
            if planner.plan.lines.len() < LINES {
                planner.plan.lines.push((parsed.sheet.clone(), row.row, outcome));
            }
        }
    }
    planner.done()
}

struct Planner<'a> {
    known: &'a Known,
    today: Day,
    plan: StaffPlan,
    /// Log-ins of earlier rows.
    logins: HashMap<String, u32>,
    /// Certificates of the row that cannot be registered; the person can.
    left_out: Vec<Left>,
}

impl<'a> Planner<'a> {
    fn row(&mut self, row: &StaffRow) -> Result<Outcome, Left> {
        let phones: Vec<Phone> = row.phones.iter().filter_map(|phone| phone.parse().ok()).collect();
        self.check_number(row)?;
        let here = self.find(row, &phones);
        let department = self.department(row, here)?;
        let party = here.map(|member| member.party).or_else(|| self.resident(row, &phones));
        let reference = party.map_or(PartyRef::New(self.plan.parties.len()), PartyRef::Known);
        let account = self.account(row, party)?;
        let (certificates, changed) = self.certificates(row, party, reference);
        let fresh = here.is_none();
        let learned = party.map_or(0, |party| self.learn(party, &phones));
        let busy = account.is_some() || !certificates.is_empty() || !changed.is_empty() || learned > 0;
        if party.is_none() {
            self.plan.parties.push(NewParty { note: row.note.clone(), ..NewParty::person(row.name.clone(), phones) });
        }
        if fresh {
            let from = row.joined_on.as_ref().and_then(|day| day.parse().ok()).unwrap_or(self.today);
            self.plan.posts.extend(row.post.clone().map(|post| (department, post)));
            let number = row.staff_number.clone();
            self.plan.staff.push(NewStaff { party: reference, department, post: row.post.clone(), number, from });
        }
        if let Some(login) = account {
            self.logins.insert(login.clone(), row.row);
            self.plan.accounts.push((reference, login));
        }
        self.plan.certificates.extend(certificates);
        self.plan.changed_certificates.extend(changed);
        Ok(if fresh {
            Outcome::New
        } else if busy {
            Outcome::Changed
        } else {
            Outcome::Unchanged
        })
    }

    /// A staff number is one person's: with another name it is a mistake, not a new person.
    fn check_number(&self, row: &StaffRow) -> Result<(), Left> {
        let Some(number) = &row.staff_number else { return Ok(()) };
        let name = search::plain(&row.name);
        let mut holders = self.known.staff.iter().filter(|member| member.number.as_ref() == Some(number)).peekable();
        let Some(first) = holders.peek().map(|member| member.name.clone()) else { return Ok(()) };
        if holders.any(|member| search::plain(&member.name) == name) {
            return Ok(());
        }
        Err(Left::new(Field::StaffNumber, "staff_number_taken", number.clone()).with("name", first))
    }

    fn find(&self, row: &StaffRow, phones: &[Phone]) -> Option<&'a KnownStaff> {
        let name = search::plain(&row.name);
        let same: Vec<&'a KnownStaff> =
            self.known.staff.iter().filter(|member| search::plain(&member.name) == name).collect();
        let by_number = same.iter().find(|member| row.staff_number.is_some() && member.number == row.staff_number);
        let by_phone = || same.iter().find(|member| member.phones.iter().any(|phone| phones.contains(phone)));
        let alone = || {
            let people: std::collections::BTreeSet<PartyId> = same.iter().map(|member| member.party).collect();
            same.first().filter(|member| people.len() == 1 && (phones.is_empty() || member.phones.is_empty()))
        };
        by_number.or_else(by_phone).or_else(alone).copied()
    }

    /// An owner or tenant of the site may work there: one person is one party.
    fn resident(&self, row: &StaffRow, phones: &[Phone]) -> Option<PartyId> {
        let name = search::plain(&row.name);
        let fits = |member: &&KnownMember| {
            search::plain(&member.name) == name && member.phones.iter().any(|phone| phones.contains(phone))
        };
        self.known.residents.iter().find(fits).map(|member| member.party)
    }

    /// The department of the row. A person who is on another post is moved on their own page, from a day on.
    fn department(&self, row: &StaffRow, here: Option<&KnownStaff>) -> Result<Id<Department>, Left> {
        let named = match &row.department {
            Some(text) => Some(self.department_named(text).ok_or_else(|| {
                let names: Vec<&str> =
                    self.known.departments.iter().map(|department| department.name.as_str()).collect();
                Left::new(Field::Department, "department_unknown", text.clone()).with("known", names.join("、"))
            })?),
            None => None,
        };
        let Some(here) = here else {
            return named.ok_or_else(|| Left::new(Field::Department, "department_missing", ""));
        };
        let posts: Vec<&KnownStaff> = self.known.staff.iter().filter(|member| member.party == here.party).collect();
        let fits = |member: &&&KnownStaff| {
            named.is_none_or(|named| named == member.department)
                && row.post.as_ref().is_none_or(|post| member.post.as_ref() == Some(post))
        };
        match posts.iter().find(fits) {
            Some(member) => Ok(member.department),
            None => Err(Left::new(
                Field::Post,
                "staff_post_differs",
                row.post.clone().or(row.department.clone()).unwrap_or_default(),
            )
            .with("now", here.post.clone().unwrap_or_default())),
        }
    }

    fn department_named(&self, text: &str) -> Option<Id<Department>> {
        let all = &self.known.departments;
        let exact = all.iter().find(|department| department.name == text || department.code.eq_ignore_ascii_case(text));
        let by_word =
            || vocabulary::department_of(text).and_then(|code| all.iter().find(|department| department.code == code));
        exact.or_else(by_word).map(|department| department.id)
    }

    /// The log-in to be opened, if any.
    fn account(&self, row: &StaffRow, party: Option<PartyId>) -> Result<Option<String>, Left> {
        let Some(wanted) = row.login.as_deref().map(login) else { return Ok(None) };
        let left = |code| Left::new(Field::Login, code, wanted.clone());
        let shape = (2..=40).contains(&wanted.len())
            && wanted.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@".contains(&byte));
        if !shape {
            return Err(left("login_shape"));
        }
        if let Some((_, own)) = self.known.accounts.iter().find(|(of, _)| Some(*of) == party) {
            return if own.as_ref() == Some(&wanted) {
                Ok(None)
            } else {
                Err(left("login_differs").with("now", own.clone().unwrap_or_default()))
            };
        }
        let taken = self.known.accounts.iter().any(|(_, login)| login.as_ref() == Some(&wanted))
            || self.logins.contains_key(&wanted);
        if taken { Err(left("login_taken")) } else { Ok(Some(wanted)) }
    }

    /// CRT-90: what a person holds, known by kind, trade and number. What cannot be registered is left out.
    fn certificates(
        &mut self,
        row: &StaffRow,
        party: Option<PartyId>,
        reference: PartyRef,
    ) -> (Vec<NewCertificate>, Vec<CertificateChange>) {
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for certificate in &row.certificates {
            match named(certificate, reference) {
                Err(left) => self.left_out.push(left),
                Ok(read) => match self.known.certificates.iter().find(|held| is_same(held, &read, party)) {
                    Some(held) => changed.extend(renewal(held, &read)),
                    None => new.push(read),
                },
            }
        }
        (new, changed)
    }

    /// Phones that a known person gets; how many.
    fn learn(&mut self, party: PartyId, phones: &[Phone]) -> usize {
        let staff = self.known.staff.iter().find(|member| member.party == party).map(|member| &member.phones);
        let known = staff
            .or_else(|| self.known.residents.iter().find(|member| member.party == party).map(|member| &member.phones));
        let new: Vec<Phone> =
            phones.iter().filter(|phone| known.is_none_or(|known| !known.contains(phone))).cloned().collect();
        let count = new.len();
        if count > 0 {
            self.plan.phones.push((party, known.map_or(0, Vec::len), new));
        }
        count
    }

    fn done(mut self) -> StaffPlan {
        let plan = &mut self.plan;
        let create = [
            ("staff", plan.staff.len()),
            ("parties", plan.parties.len()),
            ("certificates", plan.certificates.len()),
            ("logins", plan.accounts.len()),
        ];
        let change = [("parties", plan.phones.len()), ("certificates", plan.changed_certificates.len())];
        plan.summary.create = create.into_iter().map(|(name, count)| (name.to_string(), count)).collect();
        plan.summary.change =
            change.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name.to_string(), count)).collect();
        plan.summary.problems.sort_by(|a, b| (&a.sheet, a.row).cmp(&(&b.sheet, b.row)));
        self.plan
    }
}

/// Our kind and trade of a certificate, and its number. Errors: a name we do not know, no number.
fn named(certificate: &sheets::Certificate, party: PartyRef) -> Result<NewCertificate, Left> {
    let unknown = || Left::new(Field::CertificateName, "certificate_unknown", certificate.name.clone());
    let (kind, trade) = vocabulary::certificate_of(&certificate.name).ok_or_else(unknown)?;
    let number = certificate.number.clone().filter(|number| number.chars().count() <= 60).ok_or_else(|| {
        let written = certificate.number.clone().unwrap_or_default();
        Left::new(Field::CertificateNumber, "certificate_number_missing", written).with("name", &certificate.name)
    })?;
    let day = |text: &Option<String>| text.as_ref().and_then(|day| day.parse::<Day>().ok());
    let (valid_until, review_due) = (day(&certificate.valid_until), day(&certificate.review_on));
    Ok(NewCertificate { party, kind, trade, number, valid_until, review_due })
}

fn is_same(held: &Certificate, read: &NewCertificate, party: Option<PartyId>) -> bool {
    Some(held.party) == party
        && held.kind == read.kind
        && held.trade.as_deref() == read.trade
        && held.number == read.number
}

/// New days of a certificate that is held already; blank cells change nothing.
fn renewal(held: &Certificate, read: &NewCertificate) -> Option<CertificateChange> {
    let before = (held.valid_until, held.review_due);
    let after = (read.valid_until.or(held.valid_until), read.review_due.or(held.review_due));
    (before != after).then_some(CertificateChange { id: held.id, before, after, version: held.version })
}
