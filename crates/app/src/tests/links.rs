//! A link that is shown leads somewhere: for every role, every link of the pages that its own pages lead to.

use std::collections::{HashMap, VecDeque};

use kernel::Role;
use testing::Person;

use super::{seed::seed, world};
use crate::wiring;

/// Of pages that differ in their things only, so many are opened.
const OF_A_KIND: usize = 2;
const MOST_PAGES: usize = 250;

/// The address without what names single things, so that pages of one kind are the same.
fn kind(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let names_a_thing = |part: &str| part.len() > 3 && part.chars().any(|c| c.is_ascii_digit());
    let parts: Vec<&str> = path.split('/').map(|part| if names_a_thing(part) { "*" } else { part }).collect();
    let fields: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or("")).collect();
    format!("{}?{}", parts.join("/"), fields.join("&"))
}

/// Where the links of a page lead, within the house.
fn links(page: &str) -> Vec<String> {
    let anchors = page.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
    let hrefs = anchors.filter_map(|tag| tag.split("href=\"").nth(1)?.split('"').next());
    let inside = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/assets"));
    inside.map(|href| href.split('#').next().unwrap_or("").replace("&amp;", "&")).collect()
}

/// Every link that leads to an error, with the page it stands on.
async fn dead_links(world: &testing::World, person: &Person, starts: Vec<String>) -> Vec<String> {
    let (mut dead, mut opened) = (Vec::new(), 0);
    let mut kinds: HashMap<String, usize> = HashMap::new();
    let mut queue: VecDeque<_> = starts.into_iter().map(|start| (start, "the navigation".to_string())).collect();
    while let Some((path, from)) = queue.pop_front() {
        let seen = kinds.entry(kind(&path)).or_default();
        *seen += 1;
        if *seen > OF_A_KIND || opened >= MOST_PAGES {
            continue;
        }
        opened += 1;
        let reply = world.get(person, &path).await;
        if reply.status.as_u16() >= 400 || reply.location().starts_with("/login") {
            dead.push(format!("{} {path} on {from}", reply.status));
        }
        if reply.header("content-type").starts_with("text/html") {
            queue.extend(links(&reply.text()).into_iter().map(|link| (link, path.clone())));
        }
    }
    assert!(opened > 3, "{} is led somewhere", person.name);
    dead
}

/// Where the shell of this role's pages leads; a world has no navigation of its own.
fn starts(role: Role) -> Vec<String> {
    if role == Role::Technician {
        return ["/f", "/f/messages", "/f/scan", "/f/queue"].map(Into::into).to_vec();
    }
    let groups = wiring::nav();
    let lines = groups.iter().flat_map(|group| group.lines).filter(|line| role.rights().contains(&line.right));
    let lines = lines.map(|line| format!("/c/GYHY{}", line.path));
    lines.chain(["/c/GYHY", "/c/GYHY/messages", "/c/GYHY/me"].map(Into::into)).collect()
}

#[tokio::test]
async fn every_link_that_a_role_is_shown_leads_somewhere() {
    let (mut world, _) = world().await;
    let roles = [Role::SiteManager, Role::Supervisor, Role::Desk, Role::Steward, Role::Personnel, Role::Technician];
    let mut people = Vec::new();
    for role in roles {
        let department = if role == Role::Technician { "ENG" } else { "CS" };
        people.push((role, world.staff_at(world.site, role.as_str(), role, department).await));
    }
    seed(&world, world.site, "GYHY", people[0].1.party, 100, 40).await;
    let mut dead = Vec::new();
    for (role, person) in &people {
        let of_role = dead_links(&world, person, starts(*role)).await;
        dead.extend(of_role.into_iter().map(|link| format!("{}: {link}", role.as_str())));
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}
