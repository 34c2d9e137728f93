use std::fs;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

use crate::drawn::Ran;
use crate::drawn::run;
use crate::drawn::run_in;

/// A published case: ADEME's demonstration site "pierre-timbaud" with nothing known on the ground, v1.16.
const SITE: &str = r#"{"siteEnCentreVille": false, "distanceAutoroute": 4200, "proximiteCommercesServices": true,
    "distanceIte": "plus-1km", "tauxLogementsVacants": 6.9, "presenceRisquesTechnologiques": false,
    "risqueRetraitGonflementArgile": "faible-ou-moyen", "risqueCavitesSouterraines": "non", "risqueInondation": "non",
    "zonageReglementaire": "zone-urbaine-u", "zonageEnvironnemental": "hors-zone", "zonagePatrimonial": "non-concerne",
    "zonageAbcLogement": "b2", "siteEnQpv": false, "saturationReseauEnr": false, "zoneAccelerationEnr": "non",
    "distanceTransportCommun": 320, "distanceRaccordementElectrique": 80, "distanceReseauChaleur": 540,
    "surfaceSite": 16720, "surfaceBati": 568, "presencePollution": "ne-sait-pas"}"#;

/// Runs `assess` on these answers, in a folder that is no territory.
fn assess(answers: &str, more: &[&str]) -> Ran {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("reponses.json");
    fs::write(&path, answers).unwrap();
    let path = path.display().to_string();
    let mut args = vec!["assess", "--answers", &path];
    args.extend(more);
    run(dir.path(), &args)
}

fn json(answers: &str, more: &[&str]) -> Value {
    let ran = assess(answers, &[more, &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn the_published_case_as_json() {
    let answer = json(SITE, &["--profile", "mutafriches-v1.16"]);
    assert_eq!(answer["profile"], "mutafriches-v1.16");
    let uses = answer["uses"].as_array().unwrap();
    let told: Vec<(&str, f64, f64, f64, u64, bool)> = uses
        .iter()
        .map(|one| {
            let number = |key: &str| one[key].as_f64().unwrap();
            (
                one["use"].as_str().unwrap(),
                number("index"),
                number("advantages"),
                number("constraints"),
                one["rank"].as_u64().unwrap(),
                one["excluded"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("residentiel", 70.2, 20.0, 8.5, 1, false),
            ("equipements", 65.1, 17.25, 9.25, 2, false),
            ("culture", 62.8, 14.75, 8.75, 4, false),
            ("tertiaire", 60.6, 14.25, 9.25, 5, false),
            ("industrie", 58.5, 15.5, 11.0, 7, false),
            ("renaturation", 58.9, 13.25, 9.25, 6, false),
            ("photovoltaique", 63.8, 15.0, 8.5, 3, false),
        ]
    );
    let reliability = &answer["reliability"];
    assert_eq!(reliability["note"], 7.0);
    assert_eq!(reliability["known_weight"], 22.5);
    assert_eq!(reliability["total_weight"], 33.0);
    assert_eq!(uses[0]["potential"], "excellent");
    assert_eq!(answer["unknown"].as_array().unwrap().len(), 9);
    // The newest version is the default, a version alone is a name.
    assert_eq!(json(SITE, &[])["profile"], "mutafriches-v1.19");
    assert_eq!(json(SITE, &["--profile", "v1.11"])["profile"], "mutafriches-v1.11");
    // A worked case holds its answers under `input`.
    let case = format!("{{\"id\": \"case\", \"version\": \"v1.16\", \"input\": {SITE}}}");
    assert_eq!(json(&case, &["--profile", "v1.16"]), answer);
}

#[test]
fn what_a_person_reads_by_default() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("reponses.json"), SITE).unwrap();
    let path = dir.path().join("reponses.json").display().to_string();
    let ran =
        run_in(dir.path(), "fr_FR.UTF-8", &["assess", "--answers", &path, "--profile", "v1.16"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for line in [
        "   1  Résidentiel ou mixte    70,2 %  excellent     20     8,5        48,8 à 76,1 %\n",
        "   7  Industriel, logistique  58,5 %  bon         15,5      11        39,2 à 68,4 %\n",
        "Fiabilité : 7 sur 10 (fiable) ; 22 critères connus sur 31, soit 22,5 de poids sur 33\n",
        "  Pour\n       4  Zonage d'urbanisme : zone urbaine (U)\n",
        "       2  Raccordement à l'eau : oui (déduit de la surface bâtie)\n",
        "  Contre\n       2  Surface du site : 1,67\u{a0}ha\n",
        "Inconnu : à chercher, le plus lourd en premier (poids)\n       2  État du bâti\n",
    ] {
        assert!(ran.stdout.contains(line), "{line}\nnot in\n{}", ran.stdout);
    }
}

#[test]
fn an_excluded_use_is_last_and_says_why() {
    let answers = r#"{"zoneAccelerationEnr": "exclusion", "distanceRaccordementElectrique": 10}"#;
    let ran = assess(answers, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("   7  Solar panels on the ground  50.0 %  excluded"),
        "{}",
        ran.stdout
    );
    let why = "Solar panels on the ground: excluded, whatever its index, by Renewable energy acceleration zone: exclusion zone";
    assert!(ran.stdout.contains(why), "{}", ran.stdout);
    let answer = json(answers, &[]);
    let solar = &answer["uses"][6];
    assert_eq!(
        (&solar["rank"], &solar["excluded"], &solar["index"]),
        (&7.into(), &true.into(), &50.0.into())
    );
    assert_eq!(solar["excluded_because"][0], "zoneAccelerationEnr");
}

#[test]
fn nothing_known_is_no_index_of_zero() {
    let ran = assess("{}", &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains("0.0 %  "), "{}", ran.stdout);
    assert!(ran.stdout.contains("No criterion is known: the indices say nothing."));
    assert_eq!(json("{}", &[])["uses"][0]["potential"], "unknown");
}

#[test]
fn csv_has_a_line_a_use() {
    let ran = assess(SITE, &["--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines.len(), 1 + 7 + 1);
    assert!(
        lines[1].starts_with("mutafriches-v1.19;residentiel;Residential or mixed;1;70,2;"),
        "{}",
        lines[1]
    );
}

#[test]
fn two_versions_say_what_moved_and_why() {
    let answers = SITE.replacen('{', "{\"siteEnZae\": true, ", 1);
    let ran = assess(&answers, &["--compare", "v1.16,mutafriches-v1.19"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for line in [
        "New criteria in v1.19: In an economic activity zone\n",
        "  Business premises (+",
        "score changed: Area of the site; for 0 → 1, against 2 → 1",
        "new criterion: In an economic activity zone; for 0 → 2, against 0 → 0",
    ] {
        assert!(ran.stdout.contains(line), "{line}\nnot in\n{}", ran.stdout);
    }
    let answer = json(&answers, &["--compare", "v1.16,v1.19"]);
    assert_eq!(answer["compare"][1], "mutafriches-v1.19");
    assert_eq!(answer["before"]["uses"][4]["index"], answer["uses"][4]["before"]);
    let industry = &answer["uses"][4];
    assert_eq!(industry["because"][0]["criterion"], "siteEnZae");
    assert_eq!(industry["because"][0]["change"], "added");
    assert_eq!(industry["because"][0]["after"]["advantages"], 2.0);
    // 15.5 for and 11 against, then 17.5 and 11.
    assert_eq!((&industry["before"], &industry["after"]), (&58.5.into(), &61.4.into()));
    assert_eq!(industry["difference"], 2.9);
}

#[test]
fn standard_input_is_read() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gisement"))
        .args(["--lang", "en", "assess", "--answers", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A commune's name and an answer of a later version are told, not scored.
    let answers = br#"{"commune": "Moissac", "surfaceSite": 5060}"#;
    child.stdin.take().unwrap().write_all(answers).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["not_scored"][0], "commune");
    assert_eq!(answer["reliability"]["known_weight"], 2.0);
    let talk = String::from_utf8(output.stderr).unwrap();
    assert_eq!(talk, "without effect: no version scores commune\n");
}

#[test]
fn answers_of_another_version_are_told() {
    let answer =
        json(r#"{"siteEnZae": true, "zoneAccelerationEnr": "exclusion"}"#, &["--profile", "v1.11"]);
    assert_eq!(answer["not_in_version"][0], "siteEnZae");
    assert_eq!(answer["word_of_another_version"][0], "zoneAccelerationEnr");
    assert_eq!(answer["reliability"]["known_weight"], 1.0);
}

#[test]
fn slips_are_refused_with_the_next_move() {
    for (answers, more, told) in [
        (
            "{\"surfaceSites\": 1}",
            &[][..],
            "reponses.json: unknown criterion `surfaceSites`; did you mean surfaceSite?",
        ),
        (
            "{\"surfaceSite\": -4}",
            &[],
            "`surfaceSite`: -4 is no answer; write an area in m², 0 or more, \"ne-sait-pas\" (unknown) or null (searched, none)",
        ),
        (
            "{\"risqueInondation\": 1}",
            &[],
            "`risqueInondation`: 1 is no answer; write one of \"non\", \"oui\", \"ne-sait-pas\"",
        ),
        ("{", &[], "reponses.json: not JSON: "),
        ("[]", &[], "no object of answers such as {\"surfaceSite\": 16720}, but a list"),
        (
            "{}",
            &["--profile", "v1.10"],
            "no published mutability grid `v1.10`; there are: mutafriches-v1.11, ",
        ),
        ("{}", &["--compare", "v1.16"], "--compare v1.16: give two versions, such as v1.16,v1.19"),
        ("{}", &["--compare", "v1.16,v2"], "no published mutability grid `v2`"),
    ] {
        let ran = assess(answers, more);
        assert!(ran.stderr.contains(told), "{answers}: {}", ran.stderr);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{answers}");
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("no-such.json").display().to_string();
    let missing = run(dir.path(), &["assess", "--answers", &path]);
    assert_eq!(missing.code, 2);
    let told = "gisement: DIR/no-such.json: cannot be read: ";
    assert!(missing.stderr.starts_with(told), "{}", missing.stderr);
}

#[test]
fn what_is_no_text_or_far_too_long_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("reponses.json");
    for (bytes, told) in [
        (vec![0xff, 0xfe, 0x00], "cannot be read: "),
        (vec![b' '; 2 << 20], "more than 1048576 bytes"),
    ] {
        fs::write(&path, bytes).unwrap();
        let ran = run(dir.path(), &["assess", "--answers", &path.display().to_string()]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn slips_are_told_in_french() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("reponses.json");
    for (answers, told) in [
        (
            "{\"distanceautoroute\": 1}",
            "critère « distanceautoroute » inconnu ; était-ce distanceAutoroute ?",
        ),
        (
            "{\"tauxLogementsVacants\": 120}",
            "« tauxLogementsVacants » : 120 n'est pas une réponse ; écrire un taux en pour cent, de 0 à 100, ",
        ),
        ("7", "il faut un objet de réponses, comme {\"surfaceSite\": 16720}, et non un nombre"),
    ] {
        fs::write(&path, answers).unwrap();
        let ran = run_in(
            dir.path(),
            "fr_FR.UTF-8",
            &["assess", "--answers", &path.display().to_string()],
        );
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}
