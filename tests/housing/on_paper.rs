//! Tables small enough to be added up by hand.

use gisement::domain::Estimate;
use gisement::domain::HousingKind;
use gisement::domain::LayerKey;
use gisement::domain::Territory;
use gisement::domain::Value;
use gisement::evaluation::Assessment;
use gisement::evaluation::Measured;
use gisement::evaluation::published_profile;
use gisement::housing;

use crate::folder::Folder;
use crate::folder::figure;

/// Ansan and Aubiet are of Coteaux Arrats Gimone, Castelsarrasin and Moissac of Terres des Confluences.
const ARRATS: &str = "200042372";
const CONFLUENCES: &str = "200066322";

const LOVAC: &str = "CODGEO_25;LIBGEO_25;pp_total_25;pp_vacant_25;pp_vacant_plus_2ans_25\n\
    32002;Ansan;40;s;s\n32012;Aubiet;500;60;25\n82033;Castelsarrasin;7000;700;s\n";
const RPLS: &str = "DEPCOM_ARM;LIBCOM_DEP;nb_ls2024;nb_loues2024;nb_vacants2024\n32012;Aubiet (32);50;45;4\n82033;Castelsarrasin (82);800;760;30\n";
const SITADEL: &str = "ANNEE;COMM;TYPE_LGT;LOG_AUT;LOG_COM;SDP_AUT;SDP_COM\n\
    2022;32012;Tous Logements;10;6;;\n2023;32012;Tous Logements;4;8;;\n2024;32012;Tous Logements;5;;;\n";
const CENSUS: &str = "CODGEO;P22_LOG;P22_RP;P22_RSECOCC;P22_LOGVAC;P22_MEN\n\
    32002;45;33;5;7;33\n32012;560;500;20;40;500\n";
const JOBS: &str = "CODGEO;P22_EMPLT;P22_ACTOCC15P\n32002;8;32\n32012;300;468\n";
const FLOWS: &str = "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C22_ACTOCC15P\n\
    32002;Ansan;32002;Ansan;4\n32002;Ansan;32012;Aubiet;12\n32002;Ansan;31555;Toulouse;16\n\
    32012;Aubiet;32012;Aubiet;100\n32012;Aubiet;31555;Toulouse;300\n31555;Toulouse;32012;Aubiet;40\n";
const RENTS: &str = "INSEE_C;loypredm2;lwr.IPm2;upr.IPm2\n32002;8,0;7,0;9,5\n32012;9,0;8,0;10,5\n82033;8,6;7,4;10,1\n";

fn deeds() -> String {
    let mut text = String::from(
        "id_mutation,date_mutation,numero_disposition,nature_mutation,valeur_fonciere,code_commune,id_parcelle,code_type_local,surface_reelle_bati,code_nature_culture,surface_terrain\n",
    );
    let sales =
        [("32002", 900), ("32002", 1100), ("32012", 1500), ("32012", 1600), ("32012", 1700)];
    for (number, (commune, price)) in sales.into_iter().enumerate() {
        text += &format!(
            "2024-{number},2024-03-0{},1,Vente,{},{commune},{commune}000AB000{number},1,100,S,500\n",
            number + 1,
            price * 100
        );
    }
    text
}

fn territory() -> Territory {
    let mut territory = Folder::new()
        .layer("vacancy", &[("lovac.csv", LOVAC.as_bytes())])
        .layer("social_housing", &[("rpls.csv", RPLS.as_bytes())])
        .layer("permits", &[("sitadel.csv", SITADEL.as_bytes())])
        .layer("census", &[("logement.csv", CENSUS.as_bytes())])
        .layer("jobs", &[("emploi.csv", JOBS.as_bytes())])
        .layer("commuting", &[("mobpro.csv", FLOWS.as_bytes())])
        .layer("rents", &[("pred-app-mef-dhup.csv", RENTS.as_bytes())])
        .layer("sales", &[("dvf.csv", deeds().as_bytes())])
        .load();
    housing::prepare(&mut territory).unwrap();
    territory
}

fn of(territory: &Territory, commune: &str, column: &str) -> Value<'static> {
    figure(territory, LayerKey::HOUSING, commune, column)
}

fn of_epci(territory: &Territory, siren: &str, column: &str) -> Value<'static> {
    let table = &territory.tables[LayerKey::HOUSING];
    match table.value_of_epci(siren.parse().unwrap(), column) {
        Value::Number(number) => Value::Number(number),
        Value::Between { low, high } => Value::Between { low, high },
        Value::Estimate(estimate) => Value::Estimate(estimate),
        Value::Missing => Value::Missing,
        other => panic!("{siren}, {column}: {other:?}"),
    }
}

fn between(low: f64, high: f64) -> Value<'static> {
    Value::Between { low, high }
}

/// Equal but for the last digits.
fn assert_near(ours: &Value<'_>, theirs: &Value<'_>) {
    let bounds = |value: &Value<'_>| match value {
        Value::Number(number) => [*number, *number, *number, 1.0],
        Value::Between { low, high } => [*low, *low, *high, 1.0],
        Value::Estimate(Estimate { value, low, high, known }) => [*value, *low, *high, *known],
        other => panic!("{other:?}"),
    };
    let is_near = |(a, b): (f64, f64)| a == b || (a - b).abs() < 1e-9;
    let all = bounds(ours).into_iter().zip(bounds(theirs)).all(is_near);
    assert!(all, "{ours:?} here, {theirs:?} on paper");
}

#[test]
fn stocks_of_a_commune_and_what_of_them_could_be_mobilised() {
    let territory = territory();
    // 20 % of 25, 30 % of 60 − 25, 80 % of 4, 40 % of 8 started in 2023, 2 % of 20.
    for (kind, number) in [
        (HousingKind::PrivateVacant2y, 5.0),
        (HousingKind::PrivateVacantRecent, 10.5),
        (HousingKind::SocialVacant, 3.2),
        (HousingKind::Started, 3.2),
        (HousingKind::SecondHomes, 0.4),
    ] {
        assert_near(&of(&territory, "32012", kind.mobilisable()), &Value::Number(number));
    }
    // Authorised 2022 to 2024: 19; 14 begun in the two years known, so 0 at least and 19 at most; 20 % of that.
    assert_eq!(of(&territory, "32012", "authorised_not_started"), between(0.0, 19.0));
    assert_near(&of(&territory, "32012", "mobilisable"), &between(22.3, 26.1));
    assert_near(&of(&territory, "32012", "mobilisable_percent"), &between(4.46, 5.22));
}

#[test]
fn secrecy_is_an_interval_and_a_part_never_exceeds_its_whole() {
    let territory = territory();
    assert_eq!(of(&territory, "32002", "vacant_2y"), between(1.0, 10.0));
    // Both under secrecy: what is vacant for less than two years is 0 to 9.
    assert_eq!(of(&territory, "32002", "vacant_recent"), between(0.0, 9.0));
    assert_near(&of(&territory, "32002", "structural_vacancy_percent"), &between(2.5, 25.0));
    // Social stock and permits say nothing of Ansan: at least 20 % of 1 and 2 % of 5; at most 20 % of 10, 30 % of 9, 2 % of
    // 5, and of its 45 dwellings 80 % that could be social and 40 % of as many under way.
    assert_near(&of(&territory, "32002", "mobilisable"), &between(0.3, 4.8 + 36.0 + 18.0));
    assert_eq!(of(&territory, "32002", "social_vacant"), Value::Missing);
    assert_eq!(of(&territory, "32007", "mobilisable"), Value::Missing);
    assert_eq!(of(&territory, "82112", "vacant_2y"), Value::Missing);
}

#[test]
fn rates_of_lovac_and_of_the_census_stay_apart() {
    let territory = territory();
    let aubiet = |column: &str| of(&territory, "32012", column);
    assert_near(&aubiet("structural_vacancy_percent"), &Value::Number(5.0));
    assert_near(&aubiet("vacancy_percent"), &Value::Number(12.0));
    assert_near(&aubiet("census_vacancy_percent"), &Value::Number(100.0 * 40.0 / 560.0));
    assert_near(&aubiet("vacant_2y_of_households_percent"), &Value::Number(5.0));
    // Mean of 2022 and 2023: seven a year.
    assert_near(&aubiet("construction_percent"), &Value::Number(100.0 * 7.0 / 560.0));
    assert_near(&aubiet("social_percent"), &Value::Number(10.0));
    assert_near(&aubiet("job_concentration_percent"), &Value::Number(100.0 * 300.0 / 468.0));
    assert_near(&aubiet("self_containment_percent"), &Value::Number(25.0));
    assert_near(&aubiet("self_sufficiency_percent"), &Value::Number(100.0 * 100.0 / 152.0));
    let rent = Estimate { value: 9.0, low: 8.0, high: 10.5, known: 1.0 };
    assert_near(&aubiet("flat_rent_eur_m2"), &Value::Estimate(rent));
    let vintages = &territory.tables[LayerKey::HOUSING].vintages;
    assert_eq!(vintages["structural_vacancy_percent"], "2025");
    assert_eq!(vintages["vacant_2y_of_households_percent"], "2025 / 2022");
    assert_eq!(vintages["authorised_not_started"], "2022-2024");
    assert_eq!(vintages["social_percent"], "2024 / 2022");
}

#[test]
fn a_median_of_few_sales_is_known_in_part() {
    let territory = territory();
    let three = Estimate { value: 1600.0, low: 0.0, high: f64::INFINITY, known: 0.3 };
    assert_near(&of(&territory, "32012", "price_eur_m2"), &Value::Estimate(three));
    assert_eq!(of(&territory, "32012", "price_n"), Value::Number(3.0));
    // The EPCI's median is that of its five sales, not the mean 1 300 of two medians.
    let five = Estimate { value: 1500.0, low: 0.0, high: f64::INFINITY, known: 0.5 };
    assert_near(&of_epci(&territory, ARRATS, "price_eur_m2"), &Value::Estimate(five));
    assert_eq!(of_epci(&territory, ARRATS, "price_n"), Value::Number(5.0));
}

#[test]
fn an_epci_is_the_sum_of_its_communes_and_keeps_the_flows_within_it() {
    let territory = territory();
    let arrats = |column: &str| of_epci(&territory, ARRATS, column);
    assert_eq!(arrats("vacant_2y"), between(26.0, 35.0));
    assert_eq!(arrats("private_dwellings"), Value::Number(540.0));
    assert_near(
        &arrats("structural_vacancy_percent"),
        &between(100.0 * 26.0 / 540.0, 100.0 * 35.0 / 540.0),
    );
    // The stock of Ansan is not known: 50 social dwellings at least, and no rate but that of Aubiet, by households.
    assert_eq!(arrats("social_dwellings"), between(50.0, f64::INFINITY));
    let social = Estimate {
        value: 10.0,
        low: 100.0 * 50.0 / 533.0,
        high: f64::INFINITY,
        known: 509.0 / (43.0 + 509.0),
    };
    assert_near(&arrats("social_percent"), &Value::Estimate(social));
    // 432 live there; 116 of them work there, in either commune; 156 jobs are held.
    assert_near(&arrats("self_containment_percent"), &Value::Number(100.0 * 116.0 / 432.0));
    assert_near(&arrats("self_sufficiency_percent"), &Value::Number(100.0 * 116.0 / 156.0));
    assert_near(&arrats("job_concentration_percent"), &Value::Number(100.0 * 308.0 / 500.0));
    let (ansan, aubiet) = (43.0 / 552.0, 509.0 / 552.0);
    let mean = |a: f64, b: f64| ansan * a + aubiet * b;
    let rent =
        Estimate { value: mean(8.0, 9.0), low: mean(7.0, 8.0), high: mean(9.5, 10.5), known: 1.0 };
    assert_near(&arrats("flat_rent_eur_m2"), &Value::Estimate(rent));
    // Of Terres des Confluences one commune of two has figures.
    let confluences = of_epci(&territory, CONFLUENCES, "vacant_2y");
    assert_eq!(confluences, between(1.0, f64::INFINITY));
}

#[test]
fn epcis_are_ranked_among_themselves_by_the_same_profile() {
    let territory = territory();
    let profile = published_profile(housing::DEFAULT_PROFILE).unwrap();
    let ranking = housing::rank_epcis(&territory, &profile).unwrap();
    assert_eq!(ranking.rows.len(), 3);
    let row = ranking.row(ARRATS).unwrap();
    assert_eq!(row.commune, None);
    let at = profile.criteria.iter().position(|one| one.id == "structural_vacancy").unwrap();
    let per_100 = Measured::Between { low: 100.0 * 26.0 / 533.0, high: 100.0 * 35.0 / 533.0 };
    assert_eq!(row.assessments[at].measured, per_100);
    // Sums of LOVAC stand in its own table too, for profiles that ask it.
    let first = published_profile("logement-v1").unwrap();
    let ranking = housing::rank_epcis(&territory, &first).unwrap();
    let row = ranking.row(ARRATS).unwrap();
    assert_eq!(row.assessments[0].measured, Measured::Between { low: 26.0, high: 35.0 });
}

#[test]
fn tension_has_a_class_where_enough_is_known() {
    let territory = territory();
    let profile = published_profile(housing::DEFAULT_PROFILE).unwrap();
    let ranking = housing::rank(&territory, &profile).unwrap();
    let rules = territory.housing_rules.as_ref().unwrap();
    let tension =
        |commune: &str| housing::tension(&rules.tension, &profile, ranking.row(commune).unwrap());
    let aubiet = tension("32012");
    // Scores on the curves: vacancy 5 → 0.54, 12 → 1, census 8 → 0.4545…, started 1.4 → 0.8333…, rent 9 → 0.55, price
    // 1 600 → 0.6267 at 0.3 of its weight of 1.5, concentration 64.1 → 0.8205, containment 25 → 0.375, social 10 → 0.6.
    let price = 0.6 + 0.4 * (1650.0 - 1600.0) / 750.0;
    let scores = [
        (2.0, 0.54),
        (1.0, 1.0),
        (1.0, 0.5 * 4.0 / 4.4),
        (1.0, 0.8 + 0.2 * 0.2 / 1.2),
        (1.0, 0.55),
        (0.45, price),
        (1.0, 1.0 - 0.3 * (100.0 * 300.0 / 468.0 - 40.0) / 40.0),
        (0.5, 0.375),
        (1.0, 0.6),
    ];
    let weight: f64 = scores.iter().map(|(weight, _)| weight).sum();
    let relaxed: f64 = scores.iter().map(|(weight, score)| weight * score).sum();
    assert!((aubiet.index.unwrap() - 100.0 * (1.0 - relaxed / weight)).abs() < 1e-9);
    assert_eq!(aubiet.class.as_ref().unwrap().id, "balanced");
    assert!(aubiet.low <= aubiet.index.unwrap() && aubiet.index.unwrap() <= aubiet.high);
    let moissac = tension("82112");
    assert_eq!((moissac.index, moissac.class, moissac.known), (None, None, 0.0));
}

#[test]
fn an_open_interval_says_little_in_a_score_and_all_in_tension() {
    let profile = published_profile(housing::DEFAULT_PROFILE).unwrap();
    let of = |id: &str, low: f64, high: f64| {
        let criterion = profile.criteria.iter().find(|criterion| criterion.id == id).unwrap();
        Assessment::of(criterion, Measured::Between { low, high })
    };
    // At least 5 dwellings are 0.2 or more of the curve, 20 to 100 are 0.5 to 0.8.
    assert!((of("mobilisable", 5.0, f64::INFINITY).voice() - 0.2).abs() < 1e-9);
    assert!((of("mobilisable", 20.0, 100.0).voice() - 0.7).abs() < 1e-9);
    let territory = territory();
    let rules = &territory.housing_rules.as_ref().unwrap().tension;
    let ranking = housing::rank(&territory, &profile).unwrap();
    let ansan = ranking.row("32002").unwrap();
    // Its vacancy of 1 to 10 of 33 households spans most of the curve, and counts in full.
    let at = profile.criteria.iter().position(|one| one.id == "structural_vacancy").unwrap();
    let vacancy = &ansan.assessments[at];
    assert!(vacancy.voice() < 0.6 && vacancy.is_known());
    let known: f64 = profile
        .criteria
        .iter()
        .zip(&ansan.assessments)
        .filter(|(criterion, _)| rules.criteria.contains(&criterion.id))
        .map(|(criterion, found)| match found.estimated {
            Some((_, known)) => criterion.weight * known,
            None if found.is_known() => criterion.weight,
            None => 0.0,
        })
        .sum();
    let all = profile.criteria.iter().filter(|one| rules.criteria.contains(&one.id));
    let all: f64 = all.map(|criterion| criterion.weight).sum();
    assert!((housing::tension(rules, &profile, ansan).known - known / all).abs() < 1e-9);
    for row in &ranking.rows {
        let score = row.score.unwrap_or(row.score_low);
        assert!(row.score_low <= score && score <= row.score_high, "{}", row.id);
    }
}
