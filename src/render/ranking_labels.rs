//! What is written on the map of a ranking: ranks of the best, names of communes.

use super::map::Face;
use super::map::Label;
use super::ranking_map::RankingMap;
use super::ranking_map::is_choropleth;
use crate::evaluation::Ranked;
use crate::spatial::shape;

/// Candidates whose rank is written on the map.
const RANKED: usize = 10;

impl RankingMap<'_> {
    /// The ranks of the best, then the most populous communes in the frame, the largest first.
    pub(super) fn labels(&self) -> Vec<Label> {
        let mut labels = self.ranks();
        labels.extend(self.ground.communes_named());
        labels
    }

    /// The ranks of the best candidates; none on a choropleth, where every commune has a colour and a name.
    fn ranks(&self) -> Vec<Label> {
        if is_choropleth(self.ranking.profile.unit) {
            return Vec::new();
        }
        let Some(layer) = self.territory.layer(self.ranking.profile.unit.layer()) else {
            return Vec::new();
        };
        let numbered: Vec<(usize, &Ranked)> = match &self.visits {
            Some(rows) => {
                let rows = rows.iter().filter_map(|at| self.ranking.rows.get(*at));
                rows.enumerate().map(|(at, row)| (at + 1, row)).collect()
            }
            None => {
                let ranked = self.ranking.rows.iter().filter_map(|row| Some((row.rank?, row)));
                ranked.filter(|(rank, _)| *rank <= RANKED).collect()
            }
        };
        let best = numbered.into_iter();
        best.filter_map(|(rank, row)| {
            let geometry = layer.entity(row.unit)?.geometry();
            let rank = Some(rank).filter(|_| self.ground.shows(geometry))?;
            let mut label = Label::new(shape::representative_point(geometry)?, rank.to_string());
            label.priority = 100 - i32::try_from(rank).unwrap_or(i32::MAX);
            label.size_pt = 8.5;
            label.face = Face::Bold;
            Some(label)
        })
        .collect()
    }
}
