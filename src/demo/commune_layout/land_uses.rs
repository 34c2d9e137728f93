//! Who gets which land: the town first, then the economic zones and extensions, and the countryside the rest.

use geo_types::Coord;

use super::Block;
use super::Draft;
use super::LandUse;
use super::half_width_m;
use crate::demo::convex_piece::CutLine;
use crate::demo::convex_piece::Piece;
use crate::demo::places::ZoneAnchor;
use crate::demo::straight_lines::RoadClass;

impl Draft<'_> {
    /// The town takes the tips of the wedges; a ring of suburbs follows.
    pub(super) fn town(&mut self, population: f64) {
        let per_head_m2 = if population > 4_000.0 { 210.0 } else { 250.0 };
        let town_m2 = (population * per_head_m2).max(14_000.0);
        let mut rest = Vec::new();
        for (piece, sector) in std::mem::take(&mut self.pool) {
            let Some(apex) = piece.corners.iter().position(|c| *c == self.centre) else {
                rest.push((piece, sector));
                continue;
            };
            let count = piece.corners.len();
            let one = piece.corners[(apex + 1) % count] - self.centre;
            let two = piece.corners[(apex + count - 1) % count] - self.centre;
            let bisector = one / one.x.hypot(one.y) + two / two.x.hypot(two.y);
            let length = bisector.x.hypot(bisector.y);
            if length < 1e-3 {
                rest.push((piece, sector));
                continue;
            }
            let bisector = bisector / length;
            let opening = 2.0 * (length / 2.0).clamp(0.0, 1.0).acos();
            let wanted =
                town_m2 * opening / std::f64::consts::TAU * self.chance.lognormal(1.0, 0.25);
            let whole = piece.area_m2();
            let mut left = piece;
            let slices = [
                (LandUse::OldTown, wanted * (if population > 2_000.0 { 0.14 } else { 0.3 })),
                (LandUse::Town, wanted * 0.6),
                (LandUse::Suburb, wanted * self.chance.between(0.1, 0.6)),
            ];
            for (land_use, slice_m2) in slices {
                let slice_m2 = slice_m2.min(whole * 0.28);
                if slice_m2 < 1_500.0 {
                    continue;
                }
                let tilt = self.chance.between(-0.25, 0.25);
                let along = Coord {
                    x: bisector.x * tilt.cos() - bisector.y * tilt.sin(),
                    y: bisector.x * tilt.sin() + bisector.y * tilt.cos(),
                };
                let street = CutLine::road(RoadClass::Street, 3.0);
                if let Some((slice, remains)) =
                    left.cut_area(&mut self.book, along, slice_m2, street)
                {
                    self.streets(slice, land_use, sector);
                    left = remains;
                }
            }
            rest.push((left, sector));
        }
        self.pool = rest;
    }

    /// Cuts a built-up piece into blocks by streets.
    fn streets(&mut self, piece: Piece, land_use: LandUse, sector: usize) {
        let (block_m2, half_width_m) = match land_use {
            LandUse::OldTown => (4_500.0, 2.5),
            LandUse::Town => (9_000.0, 3.5),
            LandUse::Activity(_) | LandUse::ActivityExtension => (55_000.0, 6.0),
            _ => (13_000.0, 3.5),
        };
        let mut open = vec![piece];
        while let Some(piece) = open.pop() {
            let whole = piece.area_m2();
            if whole < block_m2 * self.chance.between(1.1, 1.9) {
                self.push_block(piece, land_use, sector);
                continue;
            }
            let axis = tilted(piece.long_axis(), self.chance.between(-0.1, 0.1));
            let share = whole * self.chance.between(0.4, 0.6);
            let street = CutLine::road(RoadClass::Street, half_width_m);
            match piece.cut_area(&mut self.book, axis, share, street) {
                Some((a, b)) => open.extend([a, b]),
                None => self.push_block(piece, land_use, sector),
            }
        }
    }

    fn push_block(&mut self, gross: Piece, land_use: LandUse, sector: usize) {
        let along_river = gross.edges.iter().any(|edge| self.rivers.contains(&edge.line));
        self.blocks.push(Block { gross, land_use, sector, along_river });
    }

    /// Takes a compact piece near a place out of the pool.
    fn take(&mut self, near: Coord<f64>, wanted_m2: f64) -> Option<(Piece, usize)> {
        let best = (0..self.pool.len())
            .filter(|k| self.pool[*k].0.area_m2() > wanted_m2 * 0.9)
            .min_by(|a, b| {
                self.pool[*a].0.distance_m(near).total_cmp(&self.pool[*b].0.distance_m(near))
            })
            .or_else(|| {
                (0..self.pool.len())
                    .max_by(|a, b| self.pool[*a].0.area_m2().total_cmp(&self.pool[*b].0.area_m2()))
            })?;
        let (piece, sector) = self.pool.remove(best);
        let lane = CutLine::road(RoadClass::Lane, half_width_m(RoadClass::Lane));
        let (carved, leftovers) = piece.carve(&mut self.book, near, wanted_m2, lane);
        self.pool.extend(leftovers.into_iter().map(|piece| (piece, sector)));
        Some((carved, sector))
    }

    pub(super) fn economic_zones(&mut self, commune: usize) {
        let Some((anchor, areas_ha)) = self.places.economic_zones.get(&commune).cloned() else {
            return;
        };
        let spoke = self.spokes.iter().min_by_key(|spoke| spoke.2).map(|spoke| spoke.1);
        let along = |share: f64| spoke.map(|end| self.centre + (end - self.centre) * share);
        let default = along(0.45).unwrap_or(self.centre);
        let near = match anchor {
            ZoneAnchor::Junction => self.junction.unwrap_or(default),
            ZoneAnchor::Station => self.station.unwrap_or(default),
            ZoneAnchor::Axis => self.junction.unwrap_or(default),
        };
        for (rank, area_ha) in areas_ha.iter().enumerate() {
            let near = if rank == 0 {
                near
            } else {
                let turn = self.chance.between(0.3, 0.7);
                let spoke = self.spokes.get(rank % self.spokes.len().max(1)).map(|spoke| spoke.1);
                spoke.map_or(near, |end| self.centre + (end - self.centre) * turn)
            };
            if let Some((piece, sector)) = self.take(near, area_ha * 1e4) {
                self.streets(piece, LandUse::Activity(rank as u8), sector);
            }
            if rank == 0 || self.chance.happens(0.4) {
                let more_m2 = area_ha * 1e4 * self.chance.between(0.15, 0.45);
                if let Some((piece, sector)) = self.take(near, more_m2) {
                    self.push_block(piece, LandUse::ActivityExtension, sector);
                }
            }
        }
    }

    pub(super) fn extensions(&mut self, population: f64) {
        let count = 1 + (population / 900.0).sqrt().round() as usize;
        for rank in 0..count {
            let land_use =
                if rank % 2 == 0 { LandUse::OpenExtension } else { LandUse::ClosedExtension };
            let wanted_m2 = self.chance.lognormal(13_000.0, 0.5);
            let angle = self.chance.between(0.0, std::f64::consts::TAU);
            let near =
                self.centre + Coord { x: angle.cos(), y: angle.sin() } * (population.sqrt() * 9.0);
            if let Some((piece, sector)) = self.take(near, wanted_m2) {
                self.push_block(piece, land_use, sector);
            }
        }
    }

    pub(super) fn countryside(&mut self, area_km2: f64) {
        let mut blocks: Vec<(Piece, usize)> = Vec::new();
        let mut open = std::mem::take(&mut self.pool);
        while let Some((piece, sector)) = open.pop() {
            let whole = piece.area_m2();
            if whole < self.chance.lognormal(420_000.0, 0.5) {
                blocks.push((piece, sector));
                continue;
            }
            let axis = tilted(piece.long_axis(), self.chance.between(-0.2, 0.2));
            let share = whole * self.chance.between(0.35, 0.65);
            let line = if self.chance.happens(0.7) {
                CutLine::road(RoadClass::Lane, half_width_m(RoadClass::Lane))
            } else {
                CutLine::plain(40.0)
            };
            match piece.cut_area(&mut self.book, axis, share, line) {
                Some((a, b)) => open.extend([(a, sector), (b, sector)]),
                None => blocks.push((piece, sector)),
            }
        }
        let hamlets = (area_km2 * 0.4).round().max(1.0) as usize;
        for _ in 0..hamlets {
            let chosen = self.chance.index(blocks.len());
            let Some((piece, _)) = blocks.get(chosen) else { break };
            if piece.area_m2() < 60_000.0 {
                continue;
            }
            let (piece, sector) = blocks.swap_remove(chosen);
            let near = *self.chance.pick(&piece.corners).unwrap_or(&self.centre);
            let wanted_m2 = self.chance.lognormal(9_000.0, 0.5);
            let (carved, leftovers) =
                piece.carve(&mut self.book, near, wanted_m2, CutLine::plain(40.0));
            self.push_block(carved, LandUse::Hamlet, sector);
            blocks.extend(leftovers.into_iter().map(|piece| (piece, sector)));
        }
        for (piece, sector) in blocks {
            let along_river = piece.edges.iter().any(|edge| self.rivers.contains(&edge.line));
            let land_use = if along_river && self.chance.happens(0.5) {
                LandUse::Riverside
            } else if self.chance.happens(0.13) {
                LandUse::Wood
            } else {
                LandUse::Farmland
            };
            self.push_block(piece, land_use, sector);
        }
    }
}

fn tilted(axis: Coord<f64>, angle_rad: f64) -> Coord<f64> {
    let (sin, cos) = angle_rad.sin_cos();
    Coord { x: axis.x * cos - axis.y * sin, y: axis.x * sin + axis.y * cos }
}
