//! One figure of a table: a number, an interval under secrecy, or nothing; what is withheld is never zero.

use crate::domain::Value;
use crate::io::load::fields::Fields;
use crate::io::read::Cell;
use crate::io::schema::words;

/// Bounds of a count under statistical secrecy: LOVAC's `s` is 1 to 10, never 0.
pub(super) const LOVAC_SECRET: (f64, f64) = (1.0, 10.0);

/// A number; `None` where the producer withholds it (`s`, `nd`, `-1`, blank); `Err` with the text that is neither.
/// Nothing in these tables can be less than zero.
pub(super) fn number(fields: &Fields<'_>, column: &str) -> Result<Option<f64>, String> {
    if fields.text(column).is_some_and(words::is_withheld) {
        return Ok(None);
    }
    match fields.number(column)? {
        Some(-1.0) => Ok(None),
        Some(number) if number < 0.0 => Err(number.to_string()),
        number => Ok(number),
    }
}

/// A figure; `s` stands for an interval where the producer says which.
pub(super) fn figure(
    fields: &Fields<'_>,
    column: &str,
    secret: Option<(f64, f64)>,
) -> Result<Value<'static>, String> {
    if let Some((low, high)) = secret
        && let Cell::Text(text) = fields.cell(column)
        && words::plain(text) == "s"
    {
        return Ok(Value::Between { low, high });
    }
    number(fields, column).map(Value::number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: Cell) -> Result<Value<'static>, String> {
        figure(&Fields::new(&["x".to_owned()], &[cell]), "x", None)
    }

    #[test]
    fn what_is_withheld_is_missing_and_what_is_negative_is_told() {
        for text in ["s", " S ", "nd", "n.d.", "ns", "-1", "-1,0", "NA", " "] {
            assert_eq!(of(Cell::Text(text.to_owned())), Ok(Value::Missing), "{text}");
        }
        assert_eq!(of(Cell::Missing), Ok(Value::Missing));
        assert_eq!(of(Cell::Number(-1.0)), Ok(Value::Missing));
        assert_eq!(of(Cell::Number(0.0)), Ok(Value::Number(0.0)));
        assert_eq!(of(Cell::Text("5\u{202f}922,5".to_owned())), Ok(Value::Number(5922.5)));
        assert_eq!(of(Cell::Text("-4".to_owned())), Err("-4".to_owned()));
        assert_eq!(of(Cell::Text("douze".to_owned())), Err("douze".to_owned()));
    }

    #[test]
    fn secrecy_is_an_interval_where_the_producer_says_which() {
        let names = ["x".to_owned()];
        let cells = [Cell::Text(" s ".to_owned())];
        let fields = Fields::new(&names, &cells);
        assert_eq!(
            figure(&fields, "x", Some(LOVAC_SECRET)),
            Ok(Value::Between { low: 1.0, high: 10.0 })
        );
    }
}
