//! Buildings, shops, parking spaces and common parts of 桂语花园.

use std::collections::HashMap;

use kernel::{
    Error, PlaceId, SiteId, Tx, access,
    places::{self, Band, BuildingRule, NewPlace, Place, PlaceKind},
};

use super::{
    Maker,
    data::{Building, World},
};

/// Every place by its code, and the codes of the homes in order.
pub struct Homes {
    pub by_code: HashMap<String, Place>,
    /// What is called by its name in cases: 南门, 地库 B1.
    pub by_name: HashMap<String, PlaceId>,
    pub units: Vec<Place>,
}

impl Homes {
    pub fn id(&self, word: &str) -> Option<PlaceId> {
        self.by_code.get(word).map(|place| place.id).or_else(|| self.by_name.get(word).copied())
    }
}

pub async fn build(maker: &Maker, site: SiteId, world: &World) -> Result<Homes, Error> {
    let mut tx = maker.house.begin(&access::system(site, "demo")).await?;
    for building in &world.site.buildings {
        places::add_building(&mut tx, site, &rule(building), Some(building.delivered)).await?;
    }
    common_parts(&mut tx, site, world).await?;
    shops_and_parking(&mut tx, site, world).await?;
    tx.commit().await?;
    all(maker, site).await
}

fn rule(building: &Building) -> BuildingRule {
    let bands = building.floor_areas.iter().filter_map(|(floor, areas)| {
        let floor = floor.parse().ok()?;
        Some(Band { from: floor, to: floor, count: building.homes_per_floor, shops: false, areas: areas.clone() })
    });
    BuildingRule {
        building: building.code.clone(),
        stairs: building.stairs,
        floors: building.floors,
        homes: building.homes_per_floor,
        areas: building.areas.clone(),
        skip: building.skip_floors.iter().copied().collect(),
        bands: bands.collect(),
    }
}

fn kind(word: &str) -> PlaceKind {
    match word {
        "gate" => PlaceKind::Gate,
        "garage" => PlaceKind::Garage,
        "plant_room" => PlaceKind::PlantRoom,
        _ => PlaceKind::Common,
    }
}

async fn common_parts(tx: &mut Tx, site: SiteId, world: &World) -> Result<(), Error> {
    let mut made: HashMap<String, PlaceId> = HashMap::new();
    // Those that others stand in come first.
    let (roots, below): (Vec<_>, Vec<_>) = world.site.places.iter().partition(|spot| spot.parent.is_none());
    for spot in roots.into_iter().chain(below) {
        let parent = spot.parent.as_ref().and_then(|code| made.get(code)).copied();
        let new = NewPlace { name: spot.zh.clone(), ..NewPlace::new(kind(&spot.kind), &spot.code) };
        made.insert(spot.code.clone(), places::add(tx, site, parent, new).await?);
    }
    let stairs: Vec<Place> =
        places::frame(tx, site).await?.into_iter().filter(|place| place.kind == PlaceKind::Stair).collect();
    for (stair, part) in stairs.iter().flat_map(|stair| world.site.stair_parts.iter().map(move |part| (stair, part))) {
        let code = format!("{}-{}", stair.code, part.code);
        let new = NewPlace { name: format!("{} {}", stair.name, part.zh), ..NewPlace::new(kind(&part.kind), code) };
        places::add(tx, site, Some(stair.id), new).await?;
    }
    Ok(())
}

async fn shops_and_parking(tx: &mut Tx, site: SiteId, world: &World) -> Result<(), Error> {
    for shop in &world.site.shops {
        let new = NewPlace {
            name: shop.merchant.clone().unwrap_or_default(),
            area: Some(shop.area),
            delivered: Some(shop.delivered),
            ..NewPlace::new(PlaceKind::Shop, &shop.code)
        };
        places::add(tx, site, None, new).await?;
    }
    let garage = places::by_code(tx, site, "B1").await.map(|place| place.id).ok();
    for range in &world.site.parking {
        for number in range.from..=range.to {
            let code = format!("{}{number:0width$}", range.prefix, width = range.digits);
            places::add(tx, site, garage, NewPlace::new(PlaceKind::Parking, code)).await?;
        }
    }
    Ok(())
}

async fn all(maker: &Maker, site: SiteId) -> Result<Homes, Error> {
    let mut read = maker.house.read(&access::system(site, "demo")).await?;
    let mut everything = places::frame(&mut read, site).await?;
    let above: Vec<Place> = everything
        .iter()
        .filter(|place| matches!(place.kind, PlaceKind::Building | PlaceKind::Garage))
        .cloned()
        .collect();
    for place in &above {
        match place.kind {
            PlaceKind::Building => everything.extend(places::units(&mut read, site, place.id).await?),
            _ => everything.extend(places::children(&mut read, site, Some(place.id)).await?),
        }
    }
    everything.extend(places::children(&mut read, site, None).await?);
    let units = everything.iter().filter(|place| place.kind == PlaceKind::Unit).cloned().collect();
    let by_name = everything
        .iter()
        .filter(|place| !place.kind.is_exclusive())
        .map(|place| (place.name.clone(), place.id))
        .collect();
    Ok(Homes { by_code: everything.into_iter().map(|place| (place.code.clone(), place)).collect(), by_name, units })
}
