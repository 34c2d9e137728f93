//! Several records of one site as one: the most trusted speaks first, the others where it is silent.

use std::cmp::Ordering;

use crate::domain::Friche;
use crate::domain::Outline;
use crate::domain::SourceTrust;
use crate::domain::StatutFriche;

/// The record of a site; of equally trusted ones the lower identifier leads. `None` without records.
pub(super) fn merged(mut records: Vec<Friche>) -> Option<Friche> {
    records.sort_by(in_line);
    let mut records = records.into_iter();
    let mut site = records.next()?;
    for other in records {
        complete(&mut site, other);
    }
    Some(site)
}

/// Most trusted first. Equal ones by what they say themselves, so that the order of files and rows does not show.
fn in_line(a: &Friche, b: &Friche) -> Ordering {
    let by_name = |one: &Friche, other: &Friche| {
        one.id.cmp(&other.id).then_with(|| one.source.cmp(&other.source))
    };
    place_in_line(a.source_trust)
        .cmp(&place_in_line(b.source_trust))
        .then_with(|| by_name(a, b))
        .then_with(|| a.outline.cmp(&b.outline))
        // One inventory, one identifier, two rows: whatever differs decides.
        .then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
}

/// Observatories that visit their sites first, records that nobody has checked last.
fn place_in_line(trust: Option<SourceTrust>) -> u8 {
    match trust {
        Some(SourceTrust::Observatory) => 0,
        Some(SourceTrust::Call) => 1,
        Some(SourceTrust::User) => 2,
        None => 3,
        Some(SourceTrust::Study) => 4,
        Some(SourceTrust::Unverified) => 5,
    }
}

fn complete(site: &mut Friche, other: Friche) {
    let is_silent = |statut: Option<StatutFriche>| {
        matches!(statut, None | Some(StatutFriche::Inconnu | StatutFriche::SansObjet))
    };
    if is_silent(site.statut) && !is_silent(other.statut) {
        site.statut = other.statut;
    }
    site.statut = site.statut.or(other.statut);
    if other.outline < site.outline {
        site.geometry = other.geometry;
        site.outline = other.outline;
        // The list that the outline is made from.
        if other.outline == Outline::Parcels || site.parcels.is_empty() {
            site.parcels = other.parcels;
        }
    } else if site.parcels.is_empty() {
        site.parcels = other.parcels;
    }
    site.commune = site.commune.or(other.commune);
    site.site_type = site.site_type.take().or(other.site_type);
    site.owner_kind = site.owner_kind.take().or(other.owner_kind);
    site.pollution = site.pollution.take().or(other.pollution);
    site.building_state = site.building_state.take().or(other.building_state);
    site.declared_zone_type = site.declared_zone_type.take().or(other.declared_zone_type);
    site.declared_area = site.declared_area.or(other.declared_area);
    for (name, said) in other.described {
        site.described.entry(name).or_insert(said);
    }
    site.records.extend(other.records);
    match (&mut site.visit, other.visit) {
        (Some(visit), Some(other)) => visit.complete(other),
        (visit @ None, other) => *visit = other,
        (Some(_), None) => {}
    }
}
