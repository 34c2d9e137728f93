//! The errors of loading as sentences of the catalogue.

use super::LoadError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for LoadError {
    fn told(&self) -> Told {
        let of = |key: &'static str, layer: &str| Told::new(key).with("layer", layer);
        match self {
            Self::NoFile { layer, pattern, folder } => of("error_load.no-file", layer)
                .with("pattern", pattern)
                .with("folder", folder.display()),
            Self::BadGlob { layer, pattern, reason } => {
                of("error_load.bad-glob", layer).with("pattern", pattern).with("reason", reason)
            }
            Self::Read { layer, source } => {
                of("error_load.read", layer).with_told("source", source.told())
            }
            Self::NoCrs { layer, file } => of("error_load.no-crs", layer).with("file", file),
            Self::UnknownCrs { layer, file, found } => {
                of("error_load.unknown-crs", layer).with("file", file).with("found", found)
            }
            Self::Crs { layer, file, source } => {
                of("error_load.crs", layer).with("file", file).with_told("source", source.told())
            }
            Self::NoSchema { layer, file, missing, present } => of("error_load.no-schema", layer)
                .with("file", file)
                .with_phrase("missing", missing)
                .with_told("present", present.clone()),
            Self::NothingInside { layer, file } => {
                of("error_load.nothing-inside", layer).with("file", file)
            }
            Self::NoClass { file } => Told::new("error_load.no-class").with("file", file),
            Self::RentKind { layer, file } => of("error_load.rent-kind", layer).with("file", file),
            Self::UnknownSchema { layer, schema, known } => {
                of("error_load.unknown-schema", layer).with("schema", schema).with("known", known)
            }
            Self::NoColumn { layer, file, column, present } => of("error_load.no-column", layer)
                .with("file", file)
                .with("column", column)
                .with_told("present", present.clone()),
            Self::Empty { layer, file } => of("error_load.empty", layer).with("file", file),
            Self::NothingUsable { layer, read, first } => of("error_load.nothing-usable", layer)
                .with("read", read)
                .with_told("first", first.clone()),
            Self::UnknownEpci { siren } => {
                Told::new("error_load.unknown-epci").with("siren", siren)
            }
            Self::UnknownCommune { insee } => {
                Told::new("error_load.unknown-commune").with("insee", insee)
            }
            Self::Covers { layer, source } => {
                of("error_load.covers", layer).with_told("source", source.told())
            }
            Self::SalesMixed { layer } => of("error_load.sales-mixed", layer),
            Self::RulesUnreadable { path, source } => Told::new("error_load.rules-unreadable")
                .with("path", path.display())
                .with("source", source),
            Self::HousingRules { path, source } => Told::new("error_load.housing-rules")
                .with("path", path.display())
                .with_told("source", source.told()),
            Self::Reference(source) => source.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CodeInsee;
    use crate::domain::ReferenceError;
    use crate::housing::RulesError;
    use crate::io::read::ReadError;
    use crate::spatial::crs::CrsError;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let text = str::to_owned;
        let (layer, file) = (|| "roads".to_owned(), || "a/b.shp".to_owned());
        let code = || "1004".parse::<CodeInsee>().unwrap_err();
        assert_told(
            "error_load",
            &[
                LoadError::NoFile { layer: layer(), pattern: text("*.shp"), folder: "a".into() },
                LoadError::BadGlob { layer: layer(), pattern: text("***"), reason: text("no") },
                LoadError::Read {
                    layer: layer(),
                    source: ReadError::NotFound { path: "a/b.shp".into() },
                },
                LoadError::NoCrs { layer: layer(), file: file() },
                LoadError::UnknownCrs { layer: layer(), file: file(), found: text("Paris") },
                LoadError::Crs {
                    layer: layer(),
                    file: file(),
                    source: CrsError::Definition { epsg: 1, reason: text("no") },
                },
                LoadError::NoSchema {
                    layer: layer(),
                    file: file(),
                    missing: text("nature"),
                    present: Told::new("titles.list").with("list", "id"),
                },
                LoadError::NothingInside { layer: layer(), file: file() },
                LoadError::NoClass { file: file() },
                LoadError::RentKind { layer: layer(), file: file() },
                LoadError::UnknownSchema { layer: layer(), schema: text("x"), known: text("y, z") },
                LoadError::NoColumn {
                    layer: layer(),
                    file: file(),
                    column: text("x"),
                    present: Told::new("titles.list").with("list", "y, z"),
                },
                LoadError::Empty { layer: layer(), file: file() },
                LoadError::NothingUsable {
                    layer: layer(),
                    read: 3,
                    first: Told::new("problem.row").with("row", 1),
                },
                LoadError::UnknownEpci { siren: "200066322".parse().unwrap() },
                LoadError::UnknownCommune { insee: "82112".parse().unwrap() },
                LoadError::Covers { layer: layer(), source: code() },
                LoadError::SalesMixed { layer: layer() },
                LoadError::RulesUnreadable {
                    path: "r.toml".into(),
                    source: std::io::Error::other("no"),
                },
                LoadError::HousingRules {
                    path: "r.toml".into(),
                    source: RulesError::Syntax { message: text("no") },
                },
                LoadError::Reference(ReferenceError::Code(code())),
            ],
        );
    }
}
