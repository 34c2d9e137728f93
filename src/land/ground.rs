//! What the survey knows of any piece of land, asked of land that it did not find itself: friches, declared terrains,
//! terrains put together.

use geo::Geometry;
use geo::MultiPolygon;

use super::net::Standing;
use super::net::net_land;
use super::pieces::Surroundings;
use crate::domain::CodeInsee;
use crate::domain::NetLand;
use crate::domain::ParcelId;
use crate::domain::Reason;
use crate::domain::TerrainPart;
use crate::domain::Territory;
use crate::evaluation::LandRules;
use crate::spatial::shape;

/// The layers and rules that land is judged by.
pub struct Ground<'a> {
    pub(super) around: Surroundings<'a>,
}

impl<'a> Ground<'a> {
    /// `None` without parcels.
    #[must_use]
    pub fn new(territory: &'a Territory, rules: &'a LandRules) -> Option<Self> {
        let parcels = territory.parcels.as_ref()?;
        Some(Self { around: Surroundings::new(territory, parcels, rules) })
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &'a LandRules {
        self.around.rules
    }

    /// What the law and the margins leave of an area, with its largest circle and rectangle. `None` when it is not known:
    /// no layer of buildings speaks for the commune although they count, or an overlay is refused.
    #[must_use]
    pub fn net(
        &self,
        land: &Geometry<f64>,
        commune: Option<CodeInsee>,
        standing: Standing,
    ) -> Option<NetLand> {
        let is_known = || self.around.buildings.is_some_and(|layer| layer.covers(commune));
        if shape::area(land) <= 0.0 || (standing == Standing::Stays && !is_known()) {
            return None;
        }
        let (open, _) = self.around.open_land(land)?;
        let open = Geometry::MultiPolygon(MultiPolygon(open));
        let open_m2 = shape::area(&open);
        net_land(&self.around, &open, open_m2, standing)
    }

    /// Length of border along roads that open to plots, m; `None` where no layer of roads speaks.
    #[must_use]
    pub fn frontage_m(&self, land: &Geometry<f64>, commune: Option<CodeInsee>) -> Option<f64> {
        self.around.frontage(land, commune)
    }

    /// Mean slope, as a tangent; `None` where no elevation is known for half of the land.
    #[must_use]
    pub fn slope(&self, land: &Geometry<f64>) -> Option<f64> {
        self.around.slope(land)
    }

    /// The `typezone` that holds most of the land; `None` where no planning document speaks.
    #[must_use]
    pub fn planning(&self, land: &Geometry<f64>) -> Option<Box<str>> {
        self.around.planning(land)
    }

    /// `public`, `private` or `mixed`, from the owners of some parcels by their areas; `None` where those of most of it
    /// are not known.
    #[must_use]
    pub fn owner(&self, parcels: &[(ParcelId, f64)]) -> Option<Box<str>> {
        let parts: Vec<TerrainPart> = parcels
            .iter()
            .map(|(id, area_m2)| TerrainPart {
                parcel: 0,
                id: *id,
                area_m2: *area_m2,
                share: 1.0,
                reason: Reason::new("", ""),
            })
            .collect();
        self.around.owner(&parts)
    }

    /// Hard constraints that no layer speaks of here, by their id in the rules.
    #[must_use]
    pub fn unsettled(&self, land: &Geometry<f64>, commune: Option<CodeInsee>) -> Vec<String> {
        self.around.constraints.unsettled(land, commune)
    }
}
