//! The identifier of a parcel, from whatever parts a producer gives.

use super::fields::Fields;
use crate::domain::Idu;
use crate::io::read::SheetName;

/// The idu of a row: as given, else put together from its parts. `Ok(None)` when the row has neither.
///
/// `sheet` is the name of the exchange an EDIGEO sheet came in (`edigeo-82112000AB01.tar.bz2/…`): only it tells the
/// department.
///
/// # Errors
/// The text that is no identifier.
pub(super) fn idu_of(fields: &Fields<'_>, sheet: &str) -> Result<Option<Idu>, String> {
    let text = match fields.text("id") {
        Some(id) => Some(id.to_owned()),
        None => match fields.text("edigeo_id") {
            Some(id) => Some(of_sheet(id, sheet)),
            None => of_parts(fields),
        },
    };
    let Some(text) = text else { return Ok(None) };
    normalized(&text).parse().map(Some).map_err(|_no_idu| text)
}

/// The idu of a parcel that stands in another object's list.
///
/// # Errors
/// The text that is no identifier.
pub(super) fn listed_idu(text: &str) -> Result<Idu, String> {
    normalized(text).parse().map_err(|_no_idu| text.to_owned())
}

/// Upper case, and a section of one letter filled with a zero where producers write a blank.
fn normalized(text: &str) -> String {
    text.trim().replace(' ', "0").to_ascii_uppercase()
}

/// Department (2), commune (3), absorbed commune (3), section (2), number (4).
fn of_parts(fields: &Fields<'_>) -> Option<String> {
    let section = fields.text("section")?;
    let number = fields.code("number", 4)?;
    let commune = match fields.code("commune", 5) {
        Some(code) => code,
        None => {
            let department = fields.code("department", 2)?;
            // The parcels of Paris, Lyon and Marseille are numbered by arrondissement.
            let arrondissement =
                fields.code("arrondissement_number", 3).filter(|code| code != "000");
            let number = arrondissement.or_else(|| fields.code("commune_number", 3))?;
            format!("{}{number}", department.get(..2)?)
        }
    };
    let absorbed = fields.code("absorbed", 3).unwrap_or_else(|| "000".to_owned());
    Some(format!("{commune}{absorbed}{section:0>2}{number}"))
}

/// The identifier inside an exchange lacks the department: `354000AB0123` of `edigeo-25354000AB01` is
/// `25354000AB0123`.
fn of_sheet(id: &str, sheet: &str) -> String {
    let whole = sheet.split('/').filter_map(SheetName::of).find_map(|sheet| sheet.parcel(id));
    whole.unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::read::Cell;

    fn idu(cells: &[(&str, &str)], sheet: &str) -> Result<Option<String>, String> {
        let names: Vec<String> = cells.iter().map(|(name, _)| (*name).to_owned()).collect();
        let values: Vec<Cell> = cells.iter().map(|(_, text)| Cell::from_text(text)).collect();
        idu_of(&Fields::new(&names, &values), sheet).map(|id| id.map(|id| id.as_str().to_owned()))
    }

    #[test]
    fn parts_of_the_parcellaire_express_are_put_together() {
        let parts = [
            ("department", "82"),
            ("commune_number", "112"),
            ("arrondissement_number", "000"),
            ("absorbed", "000"),
            ("section", "A"),
            ("number", "12"),
        ];
        assert_eq!(idu(&parts, ""), Ok(Some("821120000A0012".to_owned())));
        let marseille = [
            ("department", "13"),
            ("commune_number", "055"),
            ("arrondissement_number", "213"),
            ("absorbed", "884"),
            ("section", "AB"),
            ("number", "0001"),
        ];
        assert_eq!(idu(&marseille, ""), Ok(Some("13213884AB0001".to_owned())));
    }

    #[test]
    fn a_blank_before_a_section_of_one_letter_is_a_zero() {
        assert_eq!(idu(&[("id", "82112000 A0012")], ""), Ok(Some("821120000A0012".to_owned())));
        assert_eq!(idu(&[("id", "82112")], ""), Err("82112".to_owned()));
        assert_eq!(idu(&[("section", "A")], ""), Ok(None));
    }

    #[test]
    fn the_name_of_a_sheet_gives_the_department() {
        let id = [("edigeo_id", "354000AB0123")];
        assert_eq!(
            idu(&id, "edigeo-25354000AB01.tar.bz2/E000AB01.THF"),
            Ok(Some("25354000AB0123".to_owned()))
        );
        assert_eq!(idu(&id, "E000AB01.THF"), Err("354000AB0123".to_owned()));
    }
}
