//! The name under which the DGFiP hands out a sheet.
//!
//! Nothing inside an exchange says in which department it is: its parcels have twelve characters
//! (`354000AB0001`: commune, absorbed commune, section, number), its commune three. The department
//! is in the name of the archive only, `edigeo-25354000AB01.tar.bz2`.

/// The parts of an archive's name, `edigeo-25354000AB01`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetName {
    /// Commune, as INSEE numbers it: `25354`, `2A004`, `97411`.
    pub commune: String,
    /// Commune absorbed by this one in which the section was drawn up, `000` for none.
    pub absorbed: String,
    /// Section, two characters: `AB`, `0A`.
    pub section: String,
    /// Number of the sheet in its section: `01`.
    pub sheet: String,
}

impl SheetName {
    /// From the name of an archive or of the folder that it was unpacked to, path and extensions
    /// allowed; `None` when it is named otherwise.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let name = name.split('.').next().unwrap_or(name);
        let code = name.rsplit(['-', '_']).next().unwrap_or(name);
        if code.len() != 12 || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let code = code.to_ascii_uppercase();
        let (commune, rest) = code.split_at(5);
        let (absorbed, rest) = rest.split_at(3);
        let (section, sheet) = rest.split_at(2);
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let is_commune =
            digits(commune) || (["2A", "2B"].contains(&&commune[..2]) && digits(&commune[2..]));
        (is_commune && digits(absorbed) && digits(sheet)).then(|| Self {
            commune: commune.to_owned(),
            absorbed: absorbed.to_owned(),
            section: section.to_owned(),
            sheet: sheet.to_owned(),
        })
    }

    /// The identifier of fourteen characters of a parcel that the exchange calls by twelve; `None`
    /// when it is not of twelve characters, or of another commune than the archive.
    #[must_use]
    pub fn parcel(&self, in_exchange: &str) -> Option<String> {
        let in_exchange = in_exchange.trim();
        let (department, commune) = self.commune.split_at_checked(2)?;
        let is_ours = in_exchange.len() == 12 && in_exchange.get(..3)? == commune;
        is_ours.then(|| format!("{department}{in_exchange}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_archives() {
        let sheet = SheetName::of("/a/edigeo-25354000AB01.tar.bz2").unwrap();
        let parts = [&sheet.commune, &sheet.absorbed, &sheet.section, &sheet.sheet];
        assert_eq!(parts, ["25354", "000", "AB", "01"]);
        assert_eq!(SheetName::of("edigeo-2a0040000A02").unwrap().commune, "2A004");
        for name in ["E000AB01.THF", "edigeo-25354", "edigeo-2C004000AB01", "é5354000AB01", ""] {
            assert_eq!(SheetName::of(name), None, "{name}");
        }
    }

    #[test]
    fn parcels_of_fourteen_characters() {
        let sheet = SheetName::of("edigeo-25354000AB01.tar.bz2").unwrap();
        assert_eq!(sheet.parcel("354000AB0001").as_deref(), Some("25354000AB0001"));
        for other in ["355000AB0001", "354000AB001", "", "é54000AB0001"] {
            assert_eq!(sheet.parcel(other), None, "{other}");
        }
    }
}
