//! Values that may name a person, dropped on the way in unless their condition holds.

use super::fields::Fields;
use super::ingest::Ingest;
use super::source::Source;
use crate::domain::ProblemCode;
use crate::domain::Value;
use crate::io::schema::StandardTable;
use crate::io::schema::personal::Condition;
use crate::io::schema::personal::condition;
use crate::io::schema::personal::is_economic_zone;
use crate::io::schema::personal::is_kept;
use crate::io::schema::personal::is_legal_person;
use crate::io::schema::personal::is_public_developer;

/// The condition on each of our names of columns, in their order.
pub(super) fn conditions(source: &Source<'_>, names: &[String]) -> Vec<Option<Condition>> {
    let theirs = |name: &String| match source.layer.columns.get(name) {
        Some(theirs) => theirs.as_str(),
        None if name == "class" => source.layer.class.as_deref().unwrap_or_default(),
        None => "",
    };
    names.iter().map(|name| condition(source.key, name, theirs(name))).collect()
}

/// The value of a column on which there is no condition. A text in a table of economic sites that may name a person is
/// told by its column, and missing.
pub(super) fn value(
    table: Option<StandardTable>,
    ours: &str,
    ingest: &mut Ingest<'_>,
    fields: &Fields<'_>,
) -> Value<'static> {
    let value = fields.value(ours);
    let (Some(table), Value::Text(text)) = (table, &value) else { return value };
    if is_kept(table, ours, text) {
        return value;
    }
    let column = table.field(ours).map_or(ours, |field| field.name);
    ingest.problem(ProblemCode::ValueUnfit, column.to_owned());
    Value::Missing
}

/// Whether the row at hand may keep a value under this condition.
pub(super) fn holds(condition: Condition, fields: &Fields<'_>) -> bool {
    let code = |name| fields.code(name, 0);
    match condition {
        Condition::LegalPerson => {
            is_legal_person(code("legal_form").as_deref(), code("diffusion").as_deref())
        }
        Condition::EconomicZone => is_economic_zone(fields.text("class")),
        Condition::PublicDeveloper => is_public_developer(fields.text("owner_type")),
    }
}
