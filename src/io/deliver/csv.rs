//! CSV that French Excel opens with a double click: `;`, UTF-8 with BOM, decimal comma, CRLF.

use std::io::Write;
use std::path::Path;

use super::DeliverError;
use super::atomic;
use super::layer::Cell;
use super::layer::DeliveredLayer;

/// Writes the visible columns of a layer, headed by their titles. Shapes are left out.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, layer: &DeliveredLayer) -> Result<(), DeliverError> {
    atomic::write_with(path, |out| write_to(out, layer))
}

/// As [`write`], to a stream.
///
/// # Errors
/// When the stream refuses.
pub fn write_to(out: &mut dyn Write, layer: &DeliveredLayer) -> Result<(), DeliverError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out);
    let visible: Vec<usize> =
        (0..layer.fields().len()).filter(|at| !layer.fields()[*at].hidden).collect();
    csv.write_record(visible.iter().map(|at| layer.fields()[*at].title.as_str()))?;
    for row in layer.rows() {
        csv.write_record(visible.iter().map(|at| {
            let field = &layer.fields()[*at];
            match &row.values[*at] {
                Cell::Null => String::new(),
                Cell::Text(code) => {
                    match field.values.iter().find(|(known, _)| known.as_str() == &**code) {
                        Some((_, label)) => inert(label),
                        None => inert(code),
                    }
                }
                Cell::Integer(number) => number.to_string(),
                Cell::Real(number) => number.to_string().replace('.', ","),
                Cell::Flag(flag) => if *flag { "oui" } else { "non" }.to_owned(),
            }
        }))?;
    }
    csv.flush()?;
    Ok(())
}

/// Text that a spreadsheet would run as a formula is preceded by an apostrophe.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::layer::Field;
    use super::super::layer::FieldKind;
    use super::super::layer::Row;
    use super::*;

    #[test]
    fn bytes_are_those_that_excel_expects() {
        let fields = vec![
            Field::new("insee", "Code INSEE", FieldKind::Text),
            Field::new("score", "Note", FieldKind::Real { decimals: 1 }),
            Field::new("note", "Remarque", FieldKind::Text),
            Field::new("technical", "Technique", FieldKind::Integer).hidden(),
        ];
        let values =
            vec![Cell::text("01004"), Cell::Real(71.5), Cell::text("=1+1;\"é\""), Cell::Integer(3)];
        let layer = DeliveredLayer::new(
            "t",
            "T",
            "",
            None,
            fields,
            vec![Row { geometry: None, values }],
            None,
        );
        let mut bytes = Vec::new();
        write_to(&mut bytes, &layer.unwrap()).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}Code INSEE;Note;Remarque\r\n01004;71,5;\"'=1+1;\"\"é\"\"\"\r\n"
        );
    }
}
