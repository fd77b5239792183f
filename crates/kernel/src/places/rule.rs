//! A building in one line: `1栋 2单元 18层 每层3户, 面积 89.37/120.15/65.08, 无13层`, in English
//! `building 1, 2 stairs, 18 floors, 3 homes per floor, areas 89.37/120.15/65.08, no floor 13`.
//! `18层` counts the numbers on the lift's panel: with `无13层` there are seventeen floors, the top one is 18.

use std::collections::BTreeSet;

use values::Area;

use super::tokens::{Mark, Token, tokens};
use crate::{RefusalKind, Refuse};

/// What one building is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildingRule {
    /// `1`, `A`, `2期3`
    pub building: String,
    /// None: the homes belong to the building itself.
    pub stairs: u32,
    /// The number of the top floor.
    pub floors: u32,
    /// Homes on a floor of a stair, where no band says otherwise.
    pub homes: u32,
    /// One for all, or one for each position.
    pub areas: Vec<Area>,
    /// Numbers that no floor has.
    pub skip: BTreeSet<u32>,
    /// Floors that differ; a later one wins.
    pub bands: Vec<Band>,
}

/// Floors `from` to `to` hold `count` homes a stair, or `count` shops of the building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub from: u32,
    pub to: u32,
    pub count: u32,
    pub shops: bool,
    pub areas: Vec<Area>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleRefusal {
    #[error("{text:?} cannot be understood")]
    Unreadable { text: String },
    #[error("which building?")]
    BuildingMissing,
    #[error("how many floors?")]
    FloorsMissing,
    #[error("how many homes a floor?")]
    HomesMissing,
    #[error("{areas} areas for {homes} homes a floor")]
    AreasCount { areas: usize, homes: u32 },
    #[error("more than {MOST_UNITS} homes")]
    TooMany,
    #[error("floor {floor} is not one of this building's")]
    FloorOutside { floor: u32 },
}

/// A building with more is typed wrongly.
pub const MOST_UNITS: u64 = 5_000;
const MOST_FLOORS: u32 = 200;
const MOST_STAIRS: u32 = 40;
const MOST_HOMES: u32 = 99;

impl Refuse for RuleRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "rule_unreadable",
            Self::BuildingMissing => "rule_building_missing",
            Self::FloorsMissing => "rule_floors_missing",
            Self::HomesMissing => "rule_homes_missing",
            Self::AreasCount { .. } => "rule_areas_count",
            Self::TooMany => "rule_too_many",
            Self::FloorOutside { .. } => "rule_floor_outside",
        }
    }
    fn field(&self) -> Option<&'static str> {
        Some("rule")
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Unreadable { text } => vec![("text", text.clone())],
            Self::AreasCount { areas, homes } => vec![("areas", areas.to_string()), ("homes", homes.to_string())],
            Self::FloorOutside { floor } => vec![("floor", floor.to_string())],
            Self::TooMany => vec![("most", MOST_UNITS.to_string())],
            Self::BuildingMissing | Self::FloorsMissing | Self::HomesMissing => Vec::new(),
        }
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
}

impl BuildingRule {
    /// Reads a rule; what it lacks or cannot mean is refused by name.
    pub fn parse(text: &str) -> Result<Self, RuleRefusal> {
        let tokens = tokens(text).map_err(|text| RuleRefusal::Unreadable { text })?;
        let mut reader = Reader { tokens: &tokens, at: 0, rule: Self::default(), shop_areas: Vec::new() };
        while reader.at < tokens.len() {
            reader.clause()?;
        }
        reader.rule.complete(reader.shop_areas)
    }

    fn complete(mut self, shop_areas: Vec<Area>) -> Result<Self, RuleRefusal> {
        if self.building.is_empty() {
            return Err(RuleRefusal::BuildingMissing);
        }
        if self.floors == 0 {
            self.floors = self.bands.iter().map(|band| band.to).max().unwrap_or(0);
        }
        if self.floors == 0 {
            return Err(RuleRefusal::FloorsMissing);
        }
        for band in self.bands.iter_mut().filter(|band| band.shops) {
            band.areas.clone_from(&shop_areas);
        }
        self.check()?;
        Ok(self)
    }

    fn check(&self) -> Result<(), RuleRefusal> {
        let too_many = self.floors > MOST_FLOORS || self.stairs > MOST_STAIRS || self.homes > MOST_HOMES;
        if too_many || self.bands.iter().any(|band| band.count > MOST_HOMES) {
            return Err(RuleRefusal::TooMany);
        }
        if let Some(band) =
            self.bands.iter().find(|band| band.from == 0 || band.to > self.floors || band.from > band.to)
        {
            return Err(RuleRefusal::FloorOutside { floor: if band.from == 0 { 0 } else { band.to } });
        }
        if let Some(floor) = self.skip.iter().find(|floor| **floor == 0 || **floor > self.floors) {
            return Err(RuleRefusal::FloorOutside { floor: *floor });
        }
        if self.homes == 0 && (1..=self.floors).any(|floor| !self.skip.contains(&floor) && self.band(floor).is_none()) {
            return Err(RuleRefusal::HomesMissing);
        }
        self.check_areas()?;
        if self.count() > MOST_UNITS { Err(RuleRefusal::TooMany) } else { Ok(()) }
    }

    fn check_areas(&self) -> Result<(), RuleRefusal> {
        let fits = |areas: &[Area], homes: u32| areas.len() <= 1 || areas.len() == homes as usize;
        let usual = (1..=self.floors).any(|floor| !self.skip.contains(&floor) && self.band(floor).is_none());
        if usual && !fits(&self.areas, self.homes) {
            return Err(RuleRefusal::AreasCount { areas: self.areas.len(), homes: self.homes });
        }
        match self.bands.iter().find(|band| band.shops && !fits(&band.areas, band.count)) {
            Some(band) => Err(RuleRefusal::AreasCount { areas: band.areas.len(), homes: band.count }),
            None => Ok(()),
        }
    }

    pub(super) fn band(&self, floor: u32) -> Option<&Band> {
        self.bands.iter().rev().find(|band| (band.from..=band.to).contains(&floor))
    }

    /// Homes and shops in all.
    pub fn count(&self) -> u64 {
        let stairs = u64::from(self.stairs.max(1));
        let floors = (1..=self.floors).filter(|floor| !self.skip.contains(floor));
        floors.fold(0, |sum, floor| match self.band(floor) {
            Some(band) if band.shops => sum + u64::from(band.count),
            Some(band) => sum + stairs * u64::from(band.count),
            None => sum + stairs * u64::from(self.homes),
        })
    }
}

/// Walks over the words; each clause begins at the first word that no other clause took.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    rule: BuildingRule,
    shop_areas: Vec<Area>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }
    fn mark(&self, ahead: usize) -> Option<Mark> {
        match self.peek(ahead) {
            Some(Token::Mark(mark)) => Some(*mark),
            _ => None,
        }
    }
    fn number(&self, ahead: usize) -> Option<u32> {
        match self.peek(ahead) {
            Some(Token::Number(text)) => text.parse().ok(),
            _ => None,
        }
    }
    fn take(&mut self, mark: Mark) -> bool {
        let there = self.mark(0) == Some(mark);
        self.at += usize::from(there);
        there
    }
    fn unreadable<T>(&self) -> Result<T, RuleRefusal> {
        let text: Vec<String> = self.tokens[self.at..].iter().take(4).map(Token::text).collect();
        Err(RuleRefusal::Unreadable { text: text.concat() })
    }
    fn clause(&mut self) -> Result<(), RuleRefusal> {
        match self.peek(0) {
            Some(Token::Mark(Mark::Comma)) => self.at += 1,
            Some(Token::Mark(Mark::No)) => return self.absent(),
            Some(Token::Mark(Mark::Area)) => {
                self.at += 1;
                self.rule.areas = self.areas()?;
            }
            Some(Token::Mark(Mark::Shop)) if self.mark(1) == Some(Mark::Area) => {
                self.at += 2;
                self.shop_areas = self.areas()?;
            }
            Some(Token::Mark(Mark::Building)) => return self.named(),
            Some(Token::Mark(Mark::First)) => {
                self.at += 1;
                return self.band(1, 1);
            }
            Some(Token::Mark(Mark::Each)) => {
                let homes = self.per_floor()?;
                self.rule.homes = homes;
            }
            Some(Token::Mark(Mark::Floor)) => return self.english_range(),
            Some(Token::Name(_)) if self.mark(1) == Some(Mark::Building) => return self.named_before(),
            Some(Token::Number(_)) => return self.numbered(),
            _ => return self.unreadable(),
        }
        Ok(())
    }
    /// `building 1`
    fn named(&mut self) -> Result<(), RuleRefusal> {
        let Some(Token::Number(name) | Token::Name(name)) = self.peek(1) else { return self.unreadable() };
        self.rule.building = name.clone();
        self.at += 2;
        Ok(())
    }
    /// `1栋`, `A座`, `2期3栋`
    fn named_before(&mut self) -> Result<(), RuleRefusal> {
        let Some(Token::Number(name) | Token::Name(name)) = self.peek(0) else { return self.unreadable() };
        self.rule.building = name.clone();
        self.at += 2;
        Ok(())
    }
    fn numbered(&mut self) -> Result<(), RuleRefusal> {
        let Some(number) = self.number(0) else { return self.unreadable() };
        match (self.mark(1), self.number(2)) {
            (Some(Mark::Building), _) => return self.named_before(),
            (Some(Mark::Stair), _) => (self.rule.stairs, self.at) = (number, self.at + 2),
            (Some(Mark::Home), _) if matches!(self.mark(2), Some(Mark::Each)) => {
                // `3 homes per floor`
                (self.rule.homes, self.at) = (number, self.at + 3);
                self.take(Mark::Floor);
            }
            (Some(Mark::To), Some(to)) if self.mark(3) == Some(Mark::Floor) => {
                self.at += 4;
                return self.band(number, to);
            }
            (Some(Mark::Floor), _) if self.mark(2) == Some(Mark::Shop) => {
                self.at += 2;
                return self.band(number, number);
            }
            (Some(Mark::Floor), _) => (self.rule.floors, self.at) = (number, self.at + 2),
            _ => return self.unreadable(),
        }
        Ok(())
    }
    /// `floors 3-18: 4 homes`, `floor 1: 6 shops`
    fn english_range(&mut self) -> Result<(), RuleRefusal> {
        let Some(from) = self.number(1) else { return self.unreadable() };
        match (self.mark(2), self.number(3)) {
            (Some(Mark::To), Some(to)) => {
                self.at += 4;
                self.band(from, to)
            }
            _ => {
                self.at += 2;
                self.band(from, from)
            }
        }
    }
    /// What floors `from` to `to` hold: `每层4户`, `商铺6间`, `6 shops`, `4 homes`.
    fn band(&mut self, from: u32, to: u32) -> Result<(), RuleRefusal> {
        self.take(Mark::Comma);
        self.take(Mark::Floor);
        let mut shops = self.take(Mark::Shop);
        self.take(Mark::Each);
        self.take(Mark::Floor);
        shops |= self.take(Mark::Shop);
        let Some(count) = self.number(0) else { return self.unreadable() };
        self.at += 1;
        shops |= self.take(Mark::Shop);
        self.take(Mark::Home);
        if self.take(Mark::Each) {
            self.take(Mark::Floor);
        }
        self.rule.bands.push(Band { from, to, count, shops, areas: Vec::new() });
        Ok(())
    }
    /// `每层3户`, `一梯3户`
    fn per_floor(&mut self) -> Result<u32, RuleRefusal> {
        self.at += 1;
        self.take(Mark::Floor);
        let Some(count) = self.number(0) else { return self.unreadable() };
        self.at += 1;
        self.take(Mark::Home);
        Ok(count)
    }
    /// `无13层`, `无4、13、14层`, `无单元`, `no floors 4, 13 and 14`
    fn absent(&mut self) -> Result<(), RuleRefusal> {
        self.at += 1;
        if self.take(Mark::Stair) {
            self.rule.stairs = 0;
            return Ok(());
        }
        let ahead = self.take(Mark::Floor);
        let mut numbers = Vec::new();
        while let Some(number) = self.number(0) {
            // `无13层, 2单元`: what follows the comma may begin another clause.
            let other = self.mark(1).is_some_and(|mark| !matches!(mark, Mark::Comma | Mark::Floor | Mark::To));
            if other && !numbers.is_empty() {
                break;
            }
            self.at += 1;
            match (self.mark(0), self.number(1)) {
                (Some(Mark::To), Some(to)) if to >= number && to <= MOST_FLOORS => {
                    self.at += 2;
                    numbers.extend(number..=to);
                }
                _ => numbers.push(number),
            }
            if self.take(Mark::Floor) {
                self.rule.skip.extend(numbers);
                return Ok(());
            }
            self.take(Mark::Comma);
        }
        if !ahead || numbers.is_empty() {
            return self.unreadable();
        }
        self.rule.skip.extend(numbers);
        Ok(())
    }
    /// `89.37/120.15/65.08`
    fn areas(&mut self) -> Result<Vec<Area>, RuleRefusal> {
        let mut areas = Vec::new();
        while let Some(Token::Number(text)) = self.peek(0) {
            let Ok(area) = text.parse::<Area>() else { return self.unreadable() };
            areas.push(area);
            self.at += 1;
            if !self.take(Mark::Slash) {
                break;
            }
        }
        if areas.is_empty() { self.unreadable() } else { Ok(areas) }
    }
}
