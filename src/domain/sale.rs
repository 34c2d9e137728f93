//! Sales of dwellings, of building land, of industrial premises: from the rows of a register of deeds to a price per square metre.
//!
//! A deed (mutation) spans many rows, one per parcel, kind of land and building; each repeats the price of the whole.
//! So rows are gathered by deed before anything is counted or divided.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::CodeInsee;

/// What is sold in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Premises {
    /// A house.
    House,
    /// A flat.
    Flat,
    /// A garage, a cellar: goes with a dwelling without changing its kind.
    Outbuilding,
    /// A shop, a workshop, an industrial building.
    Business,
}

/// One row of a deed.
#[derive(Debug, Clone, PartialEq)]
pub struct DeedRow {
    /// Commune of the parcel.
    pub commune: CodeInsee,
    /// Whether the commune belongs to the territory.
    pub inside: bool,
    /// Year of the deed.
    pub year: Option<u16>,
    /// Whether the deed is a sale on the market, rather than an exchange, an auction or an expropriation.
    pub is_market_sale: bool,
    /// Whether the deed is a sale of what stands there: on the market, and not of a building to come.
    pub is_land_sale: bool,
    /// Number of the disposition within the deed.
    pub disposition: String,
    /// Price of the whole deed, or of its disposition, in euros.
    pub price: Option<f64>,
    /// The parcel.
    pub parcel: String,
    /// Kind and area of the land: a building is repeated for each kind of land of its parcel.
    pub land: String,
    /// Whether the land is of the kind "terrains à bâtir".
    pub is_building_land: bool,
    /// Area of the land in m², where the row gives one.
    pub land_m2: Option<f64>,
    /// The building, when there is one.
    pub building: Option<Building>,
}

/// A building or flat of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Building {
    /// What it is.
    pub premises: Premises,
    /// Built area in m²; never zero.
    pub built_m2: Option<f64>,
    /// Identifier, where the register gives one: tells the same building in two rows from two that are alike.
    pub id: Option<String>,
}

/// Why a deed with a dwelling cannot say what dwellings cost in a commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetAside {
    /// It is no sale on the market.
    OtherNature,
    /// It spans several communes: its price belongs to none of them.
    SeveralCommunes,
    /// It sells houses and flats, or a dwelling with business premises.
    Mixed,
    /// It has several dispositions or prices: which belongs to the dwelling is not said.
    SeveralPrices,
}

/// What a deed says about dwellings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// It sells no dwelling.
    NoDwelling,
    /// It is set aside.
    SetAside(SetAside),
    /// It sells dwellings of one kind in one commune.
    Dwelling {
        /// The commune.
        commune: CodeInsee,
        /// [`Premises::House`] or [`Premises::Flat`].
        premises: Premises,
        /// Euros per m² of built area; unknown where price or area is, or where the price is a token.
        price_m2: Option<f64>,
        /// Year.
        year: Option<u16>,
    },
}

/// A price up to which a deed is a gift in the form of a sale: "for one symbolic euro".
const TOKEN_PRICE: f64 = 1.0;

/// A piece of land in a deed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Land {
    pub(super) is_building_land: bool,
    pub(super) m2: Option<f64>,
}

/// All rows of one deed.
#[derive(Debug, Clone, Default)]
pub struct Deed {
    pub(super) communes: BTreeSet<CodeInsee>,
    pub(super) dispositions: BTreeSet<String>,
    /// Prices as bits, since numbers have no order.
    pub(super) prices: BTreeSet<u64>,
    has_inside: bool,
    pub(super) is_other_nature: bool,
    pub(super) is_other_than_land: bool,
    pub(super) has_unknown_price: bool,
    year: Option<u16>,
    /// Buildings by parcel, then by kind of land.
    pub(super) parcels: BTreeMap<String, BTreeMap<String, Vec<Building>>>,
    /// Pieces of land by parcel and kind: a row repeats its land for each building.
    pub(super) lands: BTreeMap<(String, String), Land>,
}

impl Deed {
    /// Takes a row.
    pub fn add(&mut self, row: DeedRow) {
        self.communes.insert(row.commune);
        self.dispositions.insert(row.disposition);
        self.has_inside |= row.inside;
        self.is_other_nature |= !row.is_market_sale;
        self.is_other_than_land |= !row.is_land_sale;
        let land = Land { is_building_land: row.is_building_land, m2: row.land_m2 };
        self.lands.insert((row.parcel.clone(), row.land.clone()), land);
        self.year = self.year.max(row.year);
        match row.price {
            Some(price) => {
                self.prices.insert(price.to_bits());
            }
            None => self.has_unknown_price = true,
        }
        if let Some(building) = row.building {
            self.parcels.entry(row.parcel).or_default().entry(row.land).or_default().push(building);
        }
    }

    /// Adds rows of the same deed that stood elsewhere.
    pub fn merge(&mut self, other: Self) {
        self.communes.extend(other.communes);
        self.dispositions.extend(other.dispositions);
        self.prices.extend(other.prices);
        self.has_inside |= other.has_inside;
        self.is_other_nature |= other.is_other_nature;
        self.is_other_than_land |= other.is_other_than_land;
        self.lands.extend(other.lands);
        self.has_unknown_price |= other.has_unknown_price;
        self.year = self.year.max(other.year);
        for (parcel, lands) in other.parcels {
            let ours = self.parcels.entry(parcel).or_default();
            for (land, buildings) in lands {
                ours.entry(land).or_default().extend(buildings);
            }
        }
    }

    /// Whether any row lies in the territory.
    #[must_use]
    pub fn touches_territory(&self) -> bool {
        self.has_inside
    }

    /// Notes that the deed also has rows in a commune of which nothing else is known.
    pub fn also_in(&mut self, commune: CodeInsee) {
        self.communes.insert(commune);
    }

    /// The latest year that its rows give.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// The communes it lies in.
    pub fn communes(&self) -> impl Iterator<Item = CodeInsee> {
        self.communes.iter().copied()
    }

    /// The buildings sold, each once.
    ///
    /// Where a parcel has fields and a garden, the house on it stands in two rows. The kind of land with the most
    /// buildings has them all; identifiers, where given, settle the rest.
    pub(super) fn buildings(&self) -> Vec<&Building> {
        let mut seen = BTreeSet::new();
        self.parcels
            .values()
            .filter_map(|lands| {
                // `max_by_key` takes the last of equals: equals hold the same buildings.
                lands.values().max_by_key(|buildings| buildings.len())
            })
            .flatten()
            .filter(|building| building.id.as_ref().is_none_or(|id| seen.insert(id)))
            .collect()
    }

    /// The price of the deed in euros; unknown where a row does not say it or where it is a token.
    pub(super) fn price(&self) -> Option<f64> {
        let price = self.prices.first().map(|bits| f64::from_bits(*bits));
        price.filter(|price| *price > TOKEN_PRICE && !self.has_unknown_price)
    }

    /// What the deed says about dwellings.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let buildings = self.buildings();
        let has = |wanted: Premises| buildings.iter().any(|building| building.premises == wanted);
        let premises = match (has(Premises::House), has(Premises::Flat)) {
            (false, false) => return Verdict::NoDwelling,
            _ if self.is_other_nature => return Verdict::SetAside(SetAside::OtherNature),
            _ if self.communes.len() > 1 => return Verdict::SetAside(SetAside::SeveralCommunes),
            (true, true) => return Verdict::SetAside(SetAside::Mixed),
            _ if has(Premises::Business) => return Verdict::SetAside(SetAside::Mixed),
            _ if self.dispositions.len() > 1 || self.prices.len() > 1 => {
                return Verdict::SetAside(SetAside::SeveralPrices);
            }
            (true, false) => Premises::House,
            (false, true) => Premises::Flat,
        };
        let Some(commune) = self.communes.first().copied() else { return Verdict::NoDwelling };
        let areas: Option<f64> = buildings
            .iter()
            .filter(|building| building.premises == premises)
            .map(|building| building.built_m2)
            .sum();
        let price_m2 =
            self.price().zip(areas.filter(|area| *area > 0.0)).map(|(euros, m2)| euros / m2);
        Verdict::Dwelling { commune, premises, price_m2, year: self.year }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(commune: &str, land: &str, building: Option<(Premises, f64)>) -> DeedRow {
        DeedRow {
            commune: commune.parse().unwrap(),
            inside: true,
            year: Some(2023),
            is_market_sale: true,
            is_land_sale: true,
            disposition: "1".to_owned(),
            price: Some(200_000.0),
            parcel: "A 1".to_owned(),
            land: land.to_owned(),
            is_building_land: false,
            land_m2: None,
            building: building.map(|(premises, m2)| Building {
                premises,
                built_m2: (m2 > 0.0).then_some(m2),
                id: None,
            }),
        }
    }

    fn verdict(rows: &[DeedRow]) -> Verdict {
        let mut deed = Deed::default();
        for row in rows {
            deed.add(row.clone());
        }
        deed.verdict()
    }

    fn house_at(price_m2: Option<f64>) -> Verdict {
        Verdict::Dwelling {
            commune: "32013".parse().unwrap(),
            premises: Premises::House,
            price_m2,
            year: Some(2023),
        }
    }

    #[test]
    fn a_house_with_a_garage_a_field_and_a_garden_is_sold_once() {
        let rows = [
            row("32013", "S 500", Some((Premises::House, 100.0))),
            row("32013", "S 500", Some((Premises::Outbuilding, 0.0))),
            row("32013", "J 900", Some((Premises::House, 100.0))),
            row("32013", "J 900", Some((Premises::Outbuilding, 0.0))),
            DeedRow { parcel: "A 2".to_owned(), ..row("32013", "T 5000", None) },
        ];
        assert_eq!(verdict(&rows), house_at(Some(2000.0)));
    }

    #[test]
    fn two_houses_alike_on_one_parcel_are_two() {
        let rows = [
            row("32013", "S 500", Some((Premises::House, 100.0))),
            row("32013", "S 500", Some((Premises::House, 100.0))),
        ];
        assert_eq!(verdict(&rows), house_at(Some(1000.0)));
    }

    #[test]
    fn identifiers_tell_the_same_house_on_two_parcels() {
        let mut first = row("32013", "S 500", Some((Premises::House, 100.0)));
        first.building.as_mut().unwrap().id = Some("397".to_owned());
        let second = DeedRow { parcel: "A 2".to_owned(), ..first.clone() };
        assert_eq!(verdict(&[first, second]), house_at(Some(2000.0)));
    }

    #[test]
    fn what_cannot_be_told_apart_is_set_aside() {
        let house = row("32013", "S 500", Some((Premises::House, 100.0)));
        let elsewhere = row("32014", "S 500", None);
        let flat = row("32013", "S 500", Some((Premises::Flat, 50.0)));
        let shop = row("32013", "S 500", Some((Premises::Business, 50.0)));
        let exchange = DeedRow { is_market_sale: false, ..house.clone() };
        let second = DeedRow { disposition: "2".to_owned(), ..house.clone() };
        for (other, why) in [
            (elsewhere, SetAside::SeveralCommunes),
            (flat, SetAside::Mixed),
            (shop.clone(), SetAside::Mixed),
            (exchange, SetAside::OtherNature),
            (second, SetAside::SeveralPrices),
        ] {
            assert_eq!(verdict(&[house.clone(), other]), Verdict::SetAside(why));
        }
        assert_eq!(verdict(&[shop]), Verdict::NoDwelling);
        assert_eq!(verdict(&[row("32013", "T 1", None)]), Verdict::NoDwelling);
    }

    #[test]
    fn no_price_without_area_and_none_from_a_token() {
        let without_area = row("32013", "S 500", Some((Premises::House, 0.0)));
        assert_eq!(verdict(std::slice::from_ref(&without_area)), house_at(None));
        let house = row("32013", "S 500", Some((Premises::House, 100.0)));
        assert_eq!(verdict(&[DeedRow { price: Some(1.0), ..house.clone() }]), house_at(None));
        assert_eq!(verdict(&[DeedRow { price: None, ..house.clone() }]), house_at(None));
        assert_eq!(verdict(&[house, without_area]), house_at(None));
    }
}
