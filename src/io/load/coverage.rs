//! The communes that a layer speaks for.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::LoadError;
use super::reach::Reach;
use super::source::Source;
use crate::domain::CodeInsee;
use crate::domain::Coverage;
use crate::domain::Entity;
use crate::domain::LayerKey;
use crate::domain::ThemeCoverage;
use crate::domain::Value;
use crate::io::config::Covers;

/// Share of a commune that the zones of a plan must cover to speak for it.
const HALF: f64 = 0.5;
/// Share of a commune below which an object only laps over its border.
const EDGE: f64 = 1e-5;

/// Layers that list things over the whole territory: a commune without one has none that is listed. Only maps that are
/// drawn commune by commune (planning, hazards, cadastre) can leave a commune blank.
const INVENTORIES: [&str; 6] = [
    LayerKey::COMMUNES,
    LayerKey::FRICHES,
    LayerKey::SITES,
    LayerKey::HEAT_NETWORKS,
    LayerKey::PRIORITY_DISTRICTS,
    LayerKey::RENEWABLE_ZONES,
];

/// Communes, and how much of each is covered.
type Shares = Vec<(CodeInsee, f64)>;

impl Source<'_> {
    /// The communes the layer speaks for: as configured, else everywhere for inventories, networks and points, else the
    /// communes in which it has an object.
    pub(super) fn coverage<E: Entity>(
        &self,
        entities: &[E],
        reach: &Reach,
    ) -> Result<Coverage, LoadError> {
        self.coverage_of(&entities.iter().collect::<Vec<_>>(), reach)
    }

    /// The communes that a layer of hazards speaks for, by theme; `None` for other layers.
    pub(super) fn coverage_by_theme<E: Entity>(
        &self,
        entities: &[E],
        reach: &Reach,
    ) -> Result<Option<ThemeCoverage>, LoadError> {
        if self.key != LayerKey::HAZARDS {
            return Ok(None);
        }
        let mut groups: BTreeMap<String, Vec<&E>> = BTreeMap::new();
        for entity in entities {
            if let Value::Text(theme) = entity.attribute("theme") {
                let group = ThemeCoverage::group_of(&theme).to_owned();
                groups.entry(group).or_default().push(entity);
            }
        }
        let by_group = groups
            .into_iter()
            .map(|(group, members)| Ok((group, self.coverage_of(&members, reach)?)))
            .collect::<Result<_, LoadError>>()?;
        // What the owner says holds for all themes; what is deduced, for those that are there.
        let others = match &self.layer.covers {
            Some(_) => self.coverage_of::<E>(&[], reach)?,
            None => Coverage::Communes(BTreeSet::new()),
        };
        Ok(Some(ThemeCoverage { by_group, others }))
    }

    fn coverage_of<E: Entity>(
        &self,
        entities: &[&E],
        reach: &Reach,
    ) -> Result<Coverage, LoadError> {
        match &self.layer.covers {
            Some(Covers::Word(_)) => Ok(Coverage::Everywhere),
            Some(Covers::Communes(codes)) => {
                Ok(Coverage::Communes(
                    codes.iter().map(|code| code.parse()).collect::<Result<_, _>>().map_err(
                        |source| LoadError::Covers { layer: self.key.to_owned(), source },
                    )?,
                ))
            }
            None if INVENTORIES.contains(&self.key)
                || entities.iter().all(|entity| !is_areal(entity.geometry())) =>
            {
                Ok(Coverage::Everywhere)
            }
            None => Ok(Coverage::Communes(self.communes_spoken_for(entities, reach))),
        }
    }

    /// The communes that the objects declare, and those that they cover by enough.
    ///
    /// A plan of several communes names none of them: it speaks for a commune when its zones cover half of it. For other
    /// layers an object in the commune is enough, if it is more than a neighbour's edge drawn over the border.
    fn communes_spoken_for<E: Entity>(
        &self,
        entities: &[&E],
        reach: &Reach,
    ) -> BTreeSet<CodeInsee> {
        let enough = if self.key == LayerKey::ZONING { HALF } else { EDGE };
        let parts: Vec<(BTreeSet<CodeInsee>, Shares)> = entities
            .par_chunks(1024)
            .map(|chunk| {
                let (mut declared, mut shares) = (BTreeSet::new(), Shares::new());
                for entity in chunk {
                    match entity.commune() {
                        Some(commune) => {
                            declared.insert(commune);
                        }
                        None => shares.extend(reach.shares_of_communes(entity.geometry())),
                    }
                }
                (declared, shares)
            })
            .collect();
        let mut spoken_for = BTreeSet::new();
        let mut covered: BTreeMap<CodeInsee, f64> = BTreeMap::new();
        for (declared, shares) in parts {
            spoken_for.extend(declared);
            for (commune, share) in shares {
                *covered.entry(commune).or_default() += share;
            }
        }
        spoken_for.extend(
            covered.into_iter().filter(|(_, share)| *share >= enough).map(|(commune, _)| commune),
        );
        spoken_for
    }
}

fn is_areal(geometry: &geo::Geometry<f64>) -> bool {
    matches!(geometry, geo::Geometry::Polygon(_) | geo::Geometry::MultiPolygon(_))
}
