//! What a deed says about building land and about industrial premises.

use super::CodeInsee;
use super::Deed;
use super::Premises;

impl Deed {
    /// The commune and the price in euros per m² of land, where the deed sells building land and nothing else: no building,
    /// all of its land of that kind, one commune, one disposition, one price. `None` too where an area or the price is
    /// unknown, or the price a token.
    #[must_use]
    pub fn building_land_price(&self) -> Option<(CodeInsee, f64)> {
        let is_land = !self.is_other_than_land
            && self.parcels.is_empty()
            && self.lands.values().all(|land| land.is_building_land);
        let areas: Option<f64> = self.lands.values().map(|land| land.m2).sum();
        self.price_of(is_land, areas)
    }

    /// The commune and the price in euros per m² of built area, where the deed sells shops, workshops or industrial
    /// buildings and no dwelling: a sale on the market, one commune, one disposition, one price. `None` too where an area
    /// or the price is unknown, or the price a token.
    #[must_use]
    pub fn industrial_price(&self) -> Option<(CodeInsee, f64)> {
        let buildings = self.buildings();
        let is_dwelling = |premises| matches!(premises, Premises::House | Premises::Flat);
        let is_business = !self.is_other_nature
            && buildings.iter().any(|building| building.premises == Premises::Business)
            && !buildings.iter().any(|building| is_dwelling(building.premises));
        let areas: Option<f64> = buildings
            .iter()
            .filter(|building| building.premises == Premises::Business)
            .map(|building| building.built_m2)
            .sum();
        self.price_of(is_business, areas)
    }

    fn price_of(&self, is_of_kind: bool, areas: Option<f64>) -> Option<(CodeInsee, f64)> {
        let is_alone =
            self.communes.len() == 1 && self.dispositions.len() == 1 && self.prices.len() == 1;
        let commune = self.communes.first().filter(|_| is_of_kind && is_alone)?;
        let area_m2 = areas.filter(|area| *area > 0.0)?;
        Some((*commune, self.price()? / area_m2))
    }
}
