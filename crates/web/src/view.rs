//! From a request to what its page needs beside its own data.

use kernel::{Error, Read, Right, SiteId, access, inbox, orders, sites};
use values::Zone;

use crate::{
    App, Ask, Door, guard,
    i18n::{Formats, Words},
    look::{Banner, Face, Flash, Inbox, SiteMark, Size, Theme, View, Who},
    nav,
};

pub const FLASH_COOKIE: &str = "anju-flash";

pub(crate) const fn face_of(door: Door) -> Face {
    match door {
        Door::Console => Face::Console,
        Door::Resident => Face::Portal,
        Door::Field => Face::Field,
        Door::Public | Door::Machine => Face::Public,
    }
}

impl Ask {
    pub fn words(&self) -> Words {
        self.app.catalogue().words(self.lang)
    }
    pub fn zone(&self) -> Zone {
        self.site.as_ref().map(|site| site.zone.clone()).unwrap_or_default()
    }
    /// Everything the shells need: who reads, in which dress, where they may go.
    pub async fn view(&self) -> Result<View, Error> {
        let mut view = bare(&self.app, self.words(), self.zone(), face_of(self.door), |name| self.cookie(name));
        view.path = self.uri.path_and_query().map_or_else(|| "/".to_string(), ToString::to_string);
        view.csrf = guard::form_token(&self.app, &self.caller, guard::form_day(&self.app));
        view.flash = self.cookie(FLASH_COOKIE).map(|text| Flash { text: decode(&text), undo: None });
        if let Some(party) = self.caller.party() {
            view.who = Some(Who { id: party.to_string(), name: self.caller.name.clone(), post: self.post(&view) });
        }
        if let Some(site) = &self.site {
            view.site = Some(mark(site));
            view.duty_phone.clone_from(&site.phone);
        }
        if self.caller.party().is_some() {
            view.nav = nav::phone(self.door, &self.caller, &view.words, self.uri.path());
        }
        match self.door {
            Door::Console => self.furnish_console(&mut view).await?,
            Door::Field => {
                view.inbox = self.inbox(&mut self.house().read(&self.caller).await?, "/f/messages", None).await?
            }
            Door::Resident | Door::Public | Door::Machine => {}
        }
        Ok(view)
    }
    /// The bell of who is signed in: what they have not read, at one site or at all of theirs.
    async fn inbox(&self, read: &mut Read, href: &str, site: Option<SiteId>) -> Result<Option<Inbox>, Error> {
        let Some(party) = self.caller.party() else { return Ok(None) };
        let unread = inbox::unread(read, party, site).await?;
        Ok(Some(Inbox { href: href.to_string(), unread, current: self.uri.path() == href }))
    }
    async fn furnish_console(&self, view: &mut View) -> Result<(), Error> {
        let mut read = self.house().read(&self.caller).await?;
        view.sites = sites::visible(&mut read).await?.iter().map(mark).collect();
        let Some(site) = &self.site else { return Ok(()) };
        let counts = self.counts(&mut read, site.id).await?;
        view.nav = nav::build(self.app.nav(), counts, &view.words, site, &self.caller, self.uri.path());
        view.inbox = self.inbox(&mut read, &format!("/c/{}/messages", site.code), Some(site.id)).await?;
        let finds = [Right::EstateRead, Right::OrderRead].into_iter().any(|right| self.caller.may(right, site.id));
        view.find = finds.then(|| format!("/c/{}/find", site.code));
        view.live = Some(format!("/c/{}/live", site.code));
        Ok(())
    }
    /// Numbers are for those who may see what they count.
    async fn counts(&self, read: &mut Read, site: SiteId) -> Result<nav::Counts, Error> {
        let counted = self.app.nav().iter().any(|group| group.tally == Some(nav::Counted::OverdueOrders));
        let overdue_orders = match counted && self.caller.may(Right::OrderRead, site) {
            true => orders::overdue(read, site).await?,
            false => 0,
        };
        Ok(nav::Counts { overdue_orders })
    }
    /// The word for what this person is here.
    fn post(&self, view: &View) -> String {
        let role = self.caller.grants.first().map(|grant| grant.role.as_str());
        role.map(|role| view.say(&format!("role-{}", role.replace('_', "-")))).unwrap_or_default()
    }
}

fn mark(site: &kernel::Site) -> SiteMark {
    SiteMark { code: site.code.clone(), name: site.name.clone(), href: format!("/c/{}", site.code) }
}

/// A view of nobody in particular: for log-in and for errors.
pub(crate) fn bare(app: &App, words: Words, zone: Zone, face: Face, cookie: impl Fn(&str) -> Option<String>) -> View {
    let formats = Formats { words, zone, now: app.house().now() };
    let mut view = View::new(face, formats);
    view.theme = cookie("anju-theme").and_then(|name| Theme::named(&name)).unwrap_or_default();
    view.size = cookie("anju-size").and_then(|name| Size::named(&name)).unwrap_or_default();
    view.keys = cookie("anju-keys").is_none_or(|value| value != "off");
    view.company.clone_from(&app.settings().company);
    view.login = if face == Face::Portal { "/r/login".into() } else { "/login".into() };
    if app.settings().test_clock {
        view.banners.push(Banner::TestClock(view.formats.moment(view.formats.now)));
    }
    if app.settings().test_gateways {
        view.banners.push(Banner::TestGateways);
    }
    view.csrf = guard::form_token(app, &access::anonymous(None), guard::form_day(app));
    view
}

/// Cookies hold ASCII only.
pub(crate) fn encode(text: &str) -> String {
    serde_urlencoded::to_string([("t", text)]).unwrap_or_default().trim_start_matches("t=").to_string()
}

fn decode(text: &str) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&format!("t={text}")).unwrap_or_default();
    pairs.into_iter().next().map(|(_, value)| value).unwrap_or_default()
}
