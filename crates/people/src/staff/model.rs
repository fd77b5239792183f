use kernel::{PartyId, PlaceId, Role, SiteId, certificates::Certificate, staff};
use serde::Deserialize;
use values::{Day, Id, Phone};

/// Somebody who is or was on the staff of a site, with everything the register knows there.
#[derive(Clone, Debug)]
pub struct Person {
    pub party: PartyId,
    pub name: String,
    pub phones: Vec<Phone>,
    pub account: Option<Account>,
    /// Newest first.
    pub posts: Vec<PostLine>,
    /// At this site and for the company.
    pub grants: Vec<GrantLine>,
    pub certificates: Vec<Certificate>,
}

#[derive(Clone, Debug)]
pub struct Account {
    pub login: Option<String>,
    pub disabled: bool,
    pub second_factor: bool,
    pub has_password: bool,
}

#[derive(Clone, Debug)]
pub struct PostLine {
    pub id: Id<staff::Staff>,
    /// `ENG`
    pub department: String,
    pub department_name: String,
    pub post: String,
    pub from: Day,
    /// The first day on which it is no more.
    pub to: Option<Day>,
}

#[derive(Clone, Debug)]
pub struct GrantLine {
    pub id: Id<staff::Grant>,
    pub role: Role,
    pub site: Option<SiteId>,
    pub department: Option<String>,
    pub from: Day,
    pub to: Option<Day>,
}

/// A place that a steward holds.
#[derive(Clone, Debug)]
pub struct Held {
    pub place: PlaceId,
    pub name: String,
    pub from: Day,
}

fn lasts(from: Day, to: Option<Day>, today: Day) -> bool {
    from <= today && to.is_none_or(|to| to > today)
}

impl PostLine {
    pub fn is_on(&self, today: Day) -> bool {
        lasts(self.from, self.to, today)
    }
    /// Not over yet: on now, or still to come.
    pub fn is_open(&self, today: Day) -> bool {
        self.to.is_none_or(|to| to > today)
    }
}
impl GrantLine {
    pub fn is_on(&self, today: Day) -> bool {
        lasts(self.from, self.to, today)
    }
    pub fn is_open(&self, today: Day) -> bool {
        self.to.is_none_or(|to| to > today)
    }
}

impl Person {
    pub fn is_on(&self, today: Day) -> bool {
        self.posts.iter().any(|post| post.is_open(today))
    }
    /// The post that is on now, else the last one.
    pub fn post(&self, today: Day) -> Option<&PostLine> {
        self.posts.iter().find(|post| post.is_on(today)).or(self.posts.first())
    }
    pub fn roles(&self, today: Day) -> Vec<Role> {
        self.grants.iter().filter(|grant| grant.is_on(today)).map(|grant| grant.role).collect()
    }
    /// CRT-91: the most urgent reminder among the certificates: (days left, certificate).
    pub fn reminder(&self, today: Day) -> Option<(i64, &Certificate)> {
        let due = self.certificates.iter().filter_map(|held| held.reminder(today).map(|(left, _)| (left, held)));
        due.min_by_key(|(left, _)| *left)
    }
}

/// What the list of staff shows: the whole state is the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub q: String,
    pub department: String,
    pub role: String,
    /// ``: on the staff; `ended`; `all`.
    pub state: String,
    /// `due`: only those with a reminder.
    pub certificates: String,
    pub page: usize,
}

impl Filter {
    /// Does the list show this person?
    pub fn shows(&self, person: &Person, today: Day) -> bool {
        let state = match self.state.as_str() {
            "ended" => !person.is_on(today),
            "all" => true,
            _ => person.is_on(today),
        };
        let department =
            self.department.is_empty() || person.post(today).is_some_and(|post| post.department == self.department);
        let role = self.role.is_empty() || person.roles(today).iter().any(|role| role.as_str() == self.role);
        let certificates = self.certificates != "due" || person.reminder(today).is_some();
        state && department && role && certificates && self.finds(person, today)
    }
    fn finds(&self, person: &Person, today: Day) -> bool {
        let words = self.q.trim().to_lowercase();
        let login = person.account.as_ref().and_then(|account| account.login.as_deref()).unwrap_or("");
        let post = person.post(today).map_or("", |post| post.post.as_str());
        words.is_empty()
            || person.name.to_lowercase().contains(&words)
            || login.contains(&words)
            || post.contains(&words)
            || (words.len() == 4 && person.phones.iter().any(|phone| phone.tail() == words))
    }
    /// The address of the list with one condition set to `value`.
    pub fn with(&self, base: &str, name: &str, value: &str) -> String {
        let page = self.page.to_string();
        let mut query: Vec<(&str, &str)> = vec![
            ("q", &self.q),
            ("department", &self.department),
            ("role", &self.role),
            ("state", &self.state),
            ("certificates", &self.certificates),
        ];
        if name == "page" {
            query.push(("page", &page));
        }
        query.iter_mut().filter(|(key, _)| *key == name).for_each(|pair| pair.1 = value);
        query.retain(|(_, value)| !value.is_empty());
        if query.is_empty() { base.to_string() } else { crate::forms::path(base, &query) }
    }
}
