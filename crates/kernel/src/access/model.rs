use uuid::Uuid;
use values::{Id, Moment};

use super::{Right, Role, Scope};
use crate::{PartyId, PlaceId, SessionId, SiteId};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Staff at the console or in the field: grants decide.
    Staff(PartyId),
    /// A resident on `/r`: homes decide. Never carries staff rights, even when the person is staff.
    Resident(PartyId),
    /// Another program with a token; acts for a person, within the token's rights.
    Token(PartyId),
    Anonymous,
    /// The program itself, and what it is doing.
    Program(&'static str),
}

/// A role that is valid today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    /// `None` is the whole company.
    pub site: Option<SiteId>,
    pub department: Option<String>,
}

/// A home that a resident lives in or owns today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub site: SiteId,
    pub place: PlaceId,
    pub role: String,
}

/// Who asks, from where, and what this lets them see and do. Goes with every read and every transaction.
#[derive(Clone, Debug)]
pub struct Caller {
    pub who: Who,
    pub name: String,
    pub scope: Scope,
    pub grants: Vec<Grant>,
    /// `None`: all that the grants give; a token names fewer.
    pub only: Option<Vec<Right>>,
    pub homes: Vec<Home>,
    pub session: Option<SessionId>,
    /// The address it came from, for the audit.
    pub origin: Option<String>,
    /// The fact that this follows from, and how deep.
    pub cause: Option<(Uuid, i64)>,
    /// Opened on a phone in the field: lasts a shift, and never opens the console.
    pub in_field: bool,
    /// The phone whose kept work this is, sent with the device's token: good for that phone's operations only.
    pub device: Option<String>,
    /// The second factor was given in this session.
    pub second_factor: bool,
    /// The second factor is still missing in this session, to be enrolled or to be given: sees that page only.
    pub must_enrol: bool,
}

impl Caller {
    pub(super) fn program(scope: Scope, what: &'static str) -> Self {
        Self {
            who: Who::Program(what),
            name: what.to_string(),
            scope,
            grants: Vec::new(),
            only: None,
            homes: Vec::new(),
            session: None,
            origin: None,
            cause: None,
            in_field: false,
            device: None,
            second_factor: false,
            must_enrol: false,
        }
    }
    pub(super) fn without_name(mut self) -> Self {
        self.who = Who::Anonymous;
        self.name = String::new();
        self
    }
    pub const fn party(&self) -> Option<PartyId> {
        match self.who {
            Who::Staff(party) | Who::Resident(party) | Who::Token(party) => Some(party),
            Who::Anonymous | Who::Program(_) => None,
        }
    }
    pub const fn is_program(&self) -> bool {
        matches!(self.who, Who::Program(_))
    }
    pub const fn is_resident(&self) -> bool {
        matches!(self.who, Who::Resident(_))
    }
    /// May `right` be used at `site`? The program may do everything in its scope.
    pub fn may(&self, right: Right, site: SiteId) -> bool {
        if !self.scope.holds(site) {
            return false;
        }
        match self.who {
            Who::Program(_) => true,
            Who::Staff(_) | Who::Token(_) => self.granted(right).any(|grant| grant.site.is_none_or(|at| at == site)),
            Who::Resident(_) | Who::Anonymous => false,
        }
    }
    /// May `right` be used anywhere at all? For routes without a site.
    pub fn may_somewhere(&self, right: Right) -> bool {
        self.is_program() || self.granted(right).next().is_some()
    }
    /// May `right` be used for the company as a whole?
    pub fn may_company(&self, right: Right) -> bool {
        self.is_program() || self.granted(right).any(|grant| grant.site.is_none())
    }
    /// Does this caller hold everything that `role` gives at `site`, or for the company with `None`? Whoever has less decides
    /// neither over that role nor over those who have it. Who grants roles there counts as holding them, but the
    /// administrators' roles are granted for the company only. Who gives work out may also let somebody do it.
    pub fn covers(&self, role: Role, site: Option<SiteId>) -> bool {
        if role.needs_second_factor() {
            return self.may_company(Right::GrantManage);
        }
        let holds = |right| site.map_or_else(|| self.may_company(right), |site| self.may(right, site));
        let stands_for = |right: Right| right == Right::OrderWork && holds(Right::OrderDispatch);
        holds(Right::GrantManage) || role.rights().iter().all(|right| holds(*right) || stands_for(*right))
    }
    fn granted(&self, right: Right) -> impl Iterator<Item = &Grant> {
        let staff = matches!(self.who, Who::Staff(_) | Who::Token(_));
        let held = self.only.as_ref().is_none_or(|only| only.contains(&right));
        self.grants.iter().filter(move |grant| staff && held && grant.role.rights().contains(&right))
    }
    pub fn has_role(&self, role: Role, site: SiteId) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.site.is_none_or(|at| at == site))
    }
    pub fn lives_at(&self, place: PlaceId) -> bool {
        self.homes.iter().any(|home| home.place == place)
    }
    /// How the audit names this caller.
    pub fn actor(&self) -> String {
        match self.who {
            Who::Staff(party) => format!("staff/{party}"),
            Who::Resident(party) => format!("resident/{party}"),
            Who::Token(party) => format!("token/{party}"),
            Who::Anonymous => "anonymous".to_string(),
            Who::Program(what) => format!("program/{what}"),
        }
    }
    /// Whose idempotency keys these are.
    pub(crate) fn key_owner(&self) -> Uuid {
        self.party().map_or_else(|| Id::<Self>::named(&self.actor()).uuid(), Id::uuid)
    }
}

/// One of a person's sessions, for the list they can end them from.
#[derive(Clone, Debug)]
pub struct SessionLine {
    pub id: SessionId,
    pub face: String,
    pub made: Moment,
    pub seen: Moment,
    pub device: String,
}
