//! Housing of the territory: dwellings, social stock, permits, rents, sales. Invented, and at one with what was drawn
//! before: as many main homes as households, vacant dwellings within the stock, dear where Toulouse is near.

use super::chance::Chance;
use super::chance::Purpose;
use super::home_to_work;
use super::housing_records::CensusDwellings;
use super::housing_records::HomeSale;
use super::housing_records::HousingMarket;
use super::housing_records::PermitYear;
use super::housing_records::Rent;
use super::housing_records::SocialStock;
use super::places::TOULOUSE;
use super::power_diagram::distance;
use super::records::Demo;
use super::records::DemoCommune;

/// Distance over which the pull of Toulouse falls to a third, m.
const PULL_M: f64 = 25_000.0;

/// Years of permits; starts of the last are not known yet.
const PERMIT_YEARS: std::ops::RangeInclusive<u16> = 2019..=2024;

/// Years of sales.
const SALE_YEARS: std::ops::RangeInclusive<u16> = 2022..=2024;

/// Draws it all, with chances of its own.
pub(super) fn draw(demo: &Demo) -> HousingMarket {
    let mut market = HousingMarket::default();
    for (rank, commune) in demo.communes.iter().enumerate() {
        let mut chance = Chance::new(demo.seed, rank as u64, Purpose::HousingMarket);
        let social = social(commune, &mut chance);
        let census = census(commune, social, &mut chance);
        let pull = (-distance(commune.centre, TOULOUSE) / PULL_M).exp();
        market.permits.push(permits(&census, pull, &mut chance));
        market.rents.push(rents(commune, pull, &mut chance));
        sales(rank, commune, &census, pull, &mut chance, &mut market.sales);
        market.social.push(social);
        market.census.push(census);
    }
    market.flows = home_to_work::flows(demo);
    market
}

/// Social landlords build in towns.
fn social(commune: &DemoCommune, chance: &mut Chance) -> Option<SocialStock> {
    let share = match commune.figures.population {
        2_500.. => chance.between(0.08, 0.16),
        600.. => chance.between(0.01, 0.06),
        _ => return None,
    };
    let dwellings = (commune.figures.households * share).round();
    if dwellings < 1.0 {
        return None;
    }
    let empty = (dwellings * chance.between(0.0, 0.03)).round();
    let vacant = (dwellings * chance.between(0.015, 0.06)).round().min(dwellings - empty);
    Some(SocialStock {
        dwellings: dwellings as u32,
        let_out: (dwellings - empty - vacant) as u32,
        vacant: vacant as u32,
        vacant_3m: (vacant * chance.between(0.3, 0.7)).round() as u32,
        empty: empty as u32,
    })
}

/// The private dwellings of LOVAC and the social ones; the census finds fewer of them vacant.
fn census(
    commune: &DemoCommune,
    social: Option<SocialStock>,
    chance: &mut Chance,
) -> CensusDwellings {
    let main_homes = commune.figures.households.round() as u32;
    let social_dwellings = social.map_or(0, |stock| stock.dwellings);
    let dwellings = (commune.vacancy.dwellings + social_dwellings).max(main_homes);
    let vacant = (f64::from(commune.vacancy.vacant) * chance.between(0.75, 1.0)).round() as u32;
    let vacant = vacant.min(dwellings - main_homes);
    let flats = match commune.figures.population {
        5_000.. => chance.between(0.22, 0.35),
        1_500.. => chance.between(0.08, 0.2),
        _ => chance.between(0.0, 0.06),
    };
    CensusDwellings {
        dwellings,
        main_homes,
        second_homes: dwellings - main_homes - vacant,
        vacant,
        houses: dwellings - (f64::from(dwellings) * flats).round() as u32,
        social_main_homes: social.map_or(0, |stock| stock.let_out.min(main_homes)),
    }
}

/// About half a percent of the stock a year, twice that where Toulouse is near; what is authorised is mostly begun.
fn permits(census: &CensusDwellings, pull: f64, chance: &mut Chance) -> Vec<PermitYear> {
    let last = *PERMIT_YEARS.end();
    PERMIT_YEARS
        .map(|year| {
            let expected = f64::from(census.dwellings) * (0.004 + 0.012 * pull);
            let shares = [0.72, 0.1, 0.16, 0.02];
            let drawn = shares.map(|share| (expected * share * chance.between(0.3, 1.7)).round());
            let begun = drawn.map(|number| (number * chance.between(0.6, 1.0)).round());
            let counts = |numbers: [f64; 4]| numbers.map(|number| number as u32);
            PermitYear {
                year,
                authorised: counts(drawn),
                started: (year < last).then(|| counts(begun)),
            }
        })
        .collect()
}

fn rents(commune: &DemoCommune, pull: f64, chance: &mut Chance) -> [Rent; 2] {
    let population = commune.figures.population;
    let adverts = match population {
        5_000.. => 120 + chance.index(200) as u32,
        1_500.. => 20 + chance.index(60) as u32,
        _ => chance.index(8) as u32,
    };
    let mut rent = |base: f64, part: f64| {
        let rent_m2 = base * (1.0 + 0.6 * pull) * chance.between(0.95, 1.05);
        let spread = if adverts >= 30 { 0.18 } else { 0.28 };
        let adverts = (f64::from(adverts) * part).round() as u32;
        Rent {
            rent_m2,
            low_m2: rent_m2 * (1.0 - spread),
            high_m2: rent_m2 * (1.0 + 1.2 * spread),
            adverts,
            adverts_of_mesh: adverts + 150 + chance.index(300) as u32,
        }
    };
    [rent(8.3, 0.6), rent(7.1, 0.4)]
}

/// About one home in sixty is sold in a year.
fn sales(
    rank: usize,
    commune: &DemoCommune,
    census: &CensusDwellings,
    pull: f64,
    chance: &mut Chance,
    into: &mut Vec<HomeSale>,
) {
    if commune.parcels.is_empty() {
        return;
    }
    let price_m2 = 1_150.0 + 2_000.0 * pull;
    let flats = 1.0 - f64::from(census.houses) / f64::from(census.dwellings.max(1));
    for year in SALE_YEARS {
        let expected = f64::from(census.main_homes) / 60.0;
        let count = (expected * chance.between(0.6, 1.4)).round() as u32;
        for _ in 0..count {
            let is_house = !chance.happens(flats);
            let usual = if is_house { 100.0 } else { 58.0 };
            let built_m2 = chance.lognormal(usual, 0.3).round().clamp(18.0, 320.0);
            let price = built_m2 * chance.lognormal(price_m2, 0.32);
            let parcel = &commune.parcels[chance.index(commune.parcels.len())];
            into.push(HomeSale {
                commune: rank,
                date: format!("{year}-{:02}-{:02}", 1 + chance.index(12), 1 + chance.index(28)),
                price: ((price / 500.0).round() * 500.0) as u32,
                is_house,
                built_m2: built_m2 as u32,
                land_m2: if is_house { chance.lognormal(900.0, 0.7).round() as u32 } else { 0 },
                rooms: (built_m2 / 24.0).round().max(1.0) as u32,
                parcel: parcel.id.clone(),
            });
        }
    }
}
