//! What ends a command, as sentences of the catalogue.

use gisement::words::Tell;
use gisement::words::Told;

use super::CliError;

impl Tell for CliError {
    fn told(&self) -> Told {
        match self {
            Self::Config(source) => source.told(),
            Self::Load(source) => source.told(),
            Self::ProfileFile { path, source } => Told::new("error_cli.profile-file")
                .with("path", path.display())
                .with_told("source", source.told()),
            Self::Profile(source) => source.told(),
            Self::Grid(source) => source.told(),
            Self::ProfileUnreadable { path, source } => Told::new("error_cli.profile-unreadable")
                .with("path", path.display())
                .with("source", source),
            Self::WrongUnit { profile, found, wanted } => Told::new("error_cli.wrong-unit")
                .with("profile", profile)
                .with_phrase("found", found)
                .with_phrase("wanted", wanted),
            Self::NoMutability { profile } => {
                Told::new("error_cli.no-mutability").with("profile", profile)
            }
            Self::UseOfNothing { profile } => {
                Told::new("error_cli.use-of-nothing").with("profile", profile)
            }
            Self::HousingRules(source) => source.told(),
            Self::ByOfNothing => Told::new("error_cli.by-of-nothing"),
            Self::MultiplesOfNothing => Told::new("error_cli.multiples-of-nothing"),
            Self::SeveralNames { name, codes } => {
                Told::new("error_cli.several-names").with("name", name).with("codes", codes)
            }
            Self::NoSiteOfJobs => Told::new("error_cli.no-site-of-jobs"),
            Self::NoSuchPlaceOfJobs { at } => {
                Told::new("error_cli.no-such-place-of-jobs").with("at", at)
            }
            Self::NoSuchActivity { activity, known } => Told::new("error_cli.no-such-activity")
                .with("activity", activity)
                .with("known", known),
            Self::NoJobs { at } => Told::new("error_cli.no-jobs").with("at", at),
            Self::Jobs(source) => source.told(),
            Self::Evaluation(source) => source.told(),
            Self::Inventory(source) => source.told(),
            Self::InventoryProfile { profile } => {
                Told::new("error_cli.inventory-profile").with("profile", profile)
            }
            Self::NoSuchEpci { code } => Told::new("error_cli.no-such-epci").with("code", code),
            Self::NoParcels => Told::new("error_cli.no-parcels"),
            Self::Deliver(source) => source.told(),
            Self::Render(source) => source.told(),
            Self::Demo(source) => source.told(),
            Self::DemoTerritory(source) => source.told(),
            Self::Code(source) => Told::new("error_cli.code").with_told("source", source.told()),
            Self::NoSuchId { id } => Told::new("error_cli.no-such-id").with("id", id),
            Self::NoSuchPlace { code } => Told::new("error_cli.no-such-place").with("code", code),
            Self::NoIsochronePlace => Told::new("error_cli.no-isochrone-place"),
            Self::NoSuchIsochronePlace { at } => {
                Told::new("error_cli.no-such-isochrone-place").with("at", at)
            }
            Self::IsochroneMinutes { value, most } => {
                Told::new("error_cli.isochrone-minutes").with("value", value).with("most", most)
            }
            Self::MapFormat { path } => {
                Told::new("error_cli.map-format").with("path", path.display())
            }
            Self::Unreadable { n, of } => {
                Told::new("error_cli.unreadable").with("n", n).with("of", of)
            }
            Self::Answers { path, source } => {
                Told::new("error_cli.answers").with("path", path).with_told("source", source.told())
            }
            Self::AnswersUnreadable { path, source } => {
                Told::new("error_cli.answers-unreadable").with("path", path).with("source", source)
            }
            Self::AnswersTooLarge { path, limit } => {
                Told::new("error_cli.answers-too-large").with("path", path).with("limit", limit)
            }
            Self::RequestFile { path, source } => Told::new("error_cli.request-file")
                .with("path", path.display())
                .with_told("source", source.told()),
            Self::RequestUnreadable { path, source } => Told::new("error_cli.request-unreadable")
                .with("path", path.display())
                .with("source", source),
            Self::RequestExists { path } => {
                Told::new("error_cli.request-exists").with("path", path.display())
            }
            Self::NoRequest => Told::new("error_cli.no-request"),
            Self::Request(source) => source.told(),
            Self::AnswerFolder(source) => source.told(),
            Self::RequestLog(source) => source.told(),
            Self::NoSuchRequest { name, known } => {
                Told::new("error_cli.no-such-request").with("name", name).with("known", known)
            }
            Self::CompareSome { n, fewest, most } => Told::new("error_cli.compare-some")
                .with("n", n)
                .with("fewest", fewest)
                .with("most", most),
            Self::NoSuchCandidate { id } => Told::new("error_cli.no-such-candidate").with("id", id),
            Self::CompareTwo { given } => Told::new("error_cli.compare-two").with("given", given),
            Self::Json(source) => Told::new("error_cli.json").with("source", source),
            Self::Output(source) => Told::new("error_cli.output").with("source", source),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Error;

    use gisement::demo::DemoError;
    use gisement::domain::Siren;
    use gisement::evaluation::EvaluationError;
    use gisement::evaluation::ProfileError;
    use gisement::friche::mutability::AnswersError;
    use gisement::friche::mutability::GridError;
    use gisement::housing::RulesError;
    use gisement::io::config::ConfigError;
    use gisement::io::deliver::DeliverError;
    use gisement::io::deliver::inventory::InventoryError;
    use gisement::io::deliver::request::AnswerFolderError;
    use gisement::io::demo_files::DemoFilesError;
    use gisement::io::load::LoadError;
    use gisement::io::request_log::RequestLogError;
    use gisement::render::RenderError;
    use gisement::request::RequestError;
    use gisement::words::Lang;
    use gisement::words::Words;

    use super::*;

    fn samples() -> Vec<CliError> {
        let text = str::to_owned;
        let not_published = || ProfileError::NotPublished { id: text("p-v9"), known: text("p-v1") };
        let far = || DemoError::Projection(text("far"));
        vec![
            ConfigError::NoConfig { folder: "a".into() }.into(),
            LoadError::Empty { layer: text("roads"), file: text("a.shp") }.into(),
            CliError::ProfileFile { path: "p.toml".into(), source: not_published() },
            not_published().into(),
            CliError::ProfileUnreadable { path: "p.toml".into(), source: Error::other("no") },
            CliError::WrongUnit { profile: text("p-v1"), found: "friche", wanted: "parcel" },
            CliError::NoMutability { profile: text("p-v1") },
            CliError::UseOfNothing { profile: text("p-v1") },
            EvaluationError::NoSuchUnit { unit: "parcel", id: text("x") }.into(),
            RulesError::Kinds { item: "brought", expected: text("operation") }.into(),
            CliError::ByOfNothing,
            CliError::NoSiteOfJobs,
            CliError::NoSuchPlaceOfJobs { at: text("82033-1") },
            CliError::NoSuchActivity { activity: text("x"), known: text("average, industry") },
            CliError::NoJobs { at: text("82033-1") },
            CliError::MultiplesOfNothing,
            CliError::SeveralNames { name: text("Auch"), codes: text("32013, 82000") },
            InventoryError::NoDate.into(),
            CliError::InventoryProfile { profile: text("p-v1") },
            CliError::NoSuchEpci { code: text("200000000") },
            CliError::NoParcels,
            DeliverError::Stream(Error::other("full")).into(),
            RenderError::Font.into(),
            DemoFilesError::Demo(far()).into(),
            far().into(),
            "12".parse::<Siren>().unwrap_err().into(),
            CliError::NoSuchId { id: text("x") },
            CliError::NoSuchPlace { code: text("x") },
            CliError::NoIsochronePlace,
            CliError::NoSuchIsochronePlace { at: text("x") },
            CliError::IsochroneMinutes { value: text("0"), most: text("120") },
            CliError::MapFormat { path: "a.jpg".into() },
            CliError::Unreadable { n: 1, of: 2 },
            GridError::NotPublished { id: text("v1"), known: text("v2") }.into(),
            CliError::Answers {
                path: text("a.json"),
                source: AnswersError::Twice { key: text("siteEnQpv") },
            },
            CliError::AnswersUnreadable { path: text("a.json"), source: Error::other("no") },
            CliError::AnswersTooLarge { path: text("a.json"), limit: 9 },
            CliError::RequestFile { path: "d.toml".into(), source: RequestError::NoParcels },
            CliError::RequestUnreadable { path: "d.toml".into(), source: Error::other("no") },
            CliError::RequestExists { path: "d.toml".into() },
            CliError::NoRequest,
            RequestError::NoParcels.into(),
            AnswerFolderError::Folder { path: "r".into(), source: Error::other("full") }.into(),
            RequestLogError::Damaged { path: "a.toml".into(), message: text("line 1") }.into(),
            CliError::NoSuchRequest { name: text("a"), known: text("b") },
            CliError::CompareSome { n: 7, fewest: 2, most: 5 },
            CliError::NoSuchCandidate { id: text("x") },
            CliError::CompareTwo { given: text("v1.16") },
            serde_json::from_str::<u8>("x").unwrap_err().into(),
            Error::other("closed").into(),
        ]
    }

    #[test]
    fn the_english_of_the_catalogue_is_what_the_errors_say() {
        let english = Words::new(Lang::En).unwrap();
        let french = Words::new(Lang::Fr).unwrap();
        let mut told_keys = BTreeSet::new();
        for error in samples() {
            let told = error.told();
            assert_eq!(english.tell(&told), error.to_string());
            assert_ne!(french.tell(&told), error.to_string());
            told_keys.insert(told.key().to_owned());
        }
        for key in english.keys("error_cli") {
            assert!(told_keys.contains(key), "{key} has no sample");
        }
    }
}
