//! One row: for every field the edit, the given word or the computed value, by the rules of the field.

use std::collections::BTreeMap;

use super::cell::Filled;
use super::cell::Origin;
use super::edits::Edits;
use super::form::is_allowed;
use super::given::Said;
use super::given::said;
use crate::domain::Entity;
use crate::io::schema::Filler;
use crate::io::schema::StandardField;
use crate::io::schema::StandardTable;
use crate::io::schema::StandardType;
use crate::io::schema::UNKNOWN;

/// Values that geometry and tables say, by our name of the field.
pub(super) type Computed = BTreeMap<&'static str, String>;

/// The cells of a row, and what the layer given says beside them.
pub(super) struct FilledRow {
    pub(super) cells: Vec<Filled>,
    pub(super) aside: Vec<(String, String)>,
}

/// Fills every field of a table.
pub(super) fn row(
    table: StandardTable,
    id: &str,
    edits: &Edits,
    given: Option<&dyn Entity>,
    computed: &Computed,
) -> FilledRow {
    let mut filled = FilledRow { cells: Vec::new(), aside: Vec::new() };
    for field in table.fields() {
        let edit = edits.get(table, id, field.ours);
        let said = said(given, field);
        let cell = cell(field, edit, &said, computed.get(field.ours).map(String::as_str));
        if let Some(word) = beside(field, &said, &cell) {
            filled.aside.push((field.column(), word.to_owned()));
        }
        filled.cells.push(cell);
    }
    filled
}

/// One cell: the user's edit first; then what is computed or what is given, as the field prefers.
fn cell(field: &StandardField, edit: Option<&str>, said: &Said, computed: Option<&str>) -> Filled {
    let filled = |value: &str, origin| Filled { value: Some(value.to_owned()), origin };
    if let Some(edit) = edit.filter(|_| field.is_editable) {
        return filled(edit, Origin::Edited);
    }
    let given = said.value().filter(|word| *word != UNKNOWN);
    // A word of no list gives way to one that can be counted.
    let is_doubtful = given.is_some_and(|word| !is_allowed(field, word));
    let computed_first = field.filler == Filler::Computed || is_doubtful;
    let chosen = match (given, computed) {
        (Some(_), Some(value)) if computed_first => Some((value, Origin::Computed)),
        (Some(word), _) => Some((word, Origin::Given)),
        (None, Some(value)) => Some((value, Origin::Computed)),
        (None, None) => None,
    };
    match chosen {
        Some((value, origin)) => filled(value, origin),
        None if field.required && field.kind == StandardType::Text => {
            filled(UNKNOWN, Origin::Awaited)
        }
        None => Filled { value: None, origin: Origin::Awaited },
    }
}

/// What the layer given says and the cell does not.
fn beside<'a>(field: &StandardField, said: &'a Said, cell: &Filled) -> Option<&'a str> {
    // Shapes are the zone's own, and an identifier that was given has a column of its own.
    let is_shape = matches!(field.kind, StandardType::GeoJson | StandardType::GeoPoint);
    match said {
        _ if is_shape || field.ours == "id" => None,
        Said::Nothing => None,
        Said::Other(text) => Some(text),
        Said::Value(word) if word == UNKNOWN => None,
        Said::Value(word) => (cell.value.as_deref() != Some(word)).then_some(word.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(
        ours: &str,
        edit: Option<&str>,
        given: Option<&str>,
        computed: Option<&str>,
    ) -> Filled {
        let field = StandardTable::Terrains.field(ours).unwrap();
        let said = given.map_or(Said::Nothing, |word| Said::Value(word.to_owned()));
        cell(field, edit, &said, computed)
    }

    #[test]
    fn the_edit_goes_first_then_the_given_word_then_what_is_computed() {
        let all = filled("occupation", Some("friche"), Some("vacant"), Some("occupé"));
        assert_eq!((all.value.as_deref(), all.origin), (Some("friche"), Origin::Edited));
        let two = filled("occupation", None, Some("vacant"), Some("occupé"));
        assert_eq!((two.value.as_deref(), two.origin), (Some("vacant"), Origin::Given));
        let one = filled("occupation", None, Some("inconnu"), Some("occupé"));
        assert_eq!((one.value.as_deref(), one.origin), (Some("occupé"), Origin::Computed));
        let doubtful = filled("occupation", None, Some("loué"), Some("occupé"));
        assert_eq!(
            (doubtful.value.as_deref(), doubtful.origin),
            (Some("occupé"), Origin::Computed)
        );
        let area = filled("gross_area_ha", Some("9"), Some("2.5"), Some("2.4"));
        assert_eq!((area.value.as_deref(), area.origin), (Some("2.4"), Origin::Computed));
    }

    #[test]
    fn what_nobody_says_is_the_standards_word_only_where_a_word_must_stand() {
        let required = filled("use", None, None, None);
        assert_eq!(
            (required.value.as_deref(), required.origin),
            (Some("inconnu"), Origin::Awaited)
        );
        let optional = filled("turnkey", None, None, None);
        assert_eq!((optional.value, optional.origin), (None, Origin::Awaited));
        let number = filled("sale_amount_eur", None, None, None);
        assert_eq!(number.value, None);
    }
}
