//! Which row of a sheet holds the names of its columns.
//!
//! Producers put titles, sources and readable labels above them: the RPLS has five such rows. The choice looks at the
//! first [`LOOKED_AT_ROWS`] rows that are not blank, and depends on nothing else:
//!
//! 1. When columns are wanted: the row that names most of them, the first of equals.
//! 2. Else the row that looks like a program's names (`DEPCOM_ARM`, `nb_ls2024`): three and more, all of them words
//!    without space, most of them with an underscore, a digit or in capitals; the widest, the first of equals.
//! 3. Else the first row of texts at least half as wide as the widest row: titles are narrower.
//! 4. Else the first row.

use super::row::Cell;
use super::want::ColumnMatcher;

/// Rows that are not blank, from the top of a sheet, among which the header is sought.
pub(super) const LOOKED_AT_ROWS: usize = 50;

/// One row of a sheet that is not blank: its cells that hold something, by column from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct SheetRow {
    /// Position in the sheet, from 0.
    pub index: u32,
    /// Column and content, in the order of columns.
    pub cells: Vec<(u32, Cell)>,
}

impl SheetRow {
    /// The names of columns that the row would give, from the first column of the sheet to its last name.
    pub(super) fn names(&self) -> Vec<String> {
        let width = self.cells.last().map_or(0, |(column, _)| *column as usize + 1);
        let mut names = vec![String::new(); width];
        for (column, cell) in &self.cells {
            if let Some(name) = names.get_mut(*column as usize) {
                *name = match cell {
                    Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
                    Cell::Number(number) => number.to_string(),
                    Cell::Flag(_) | Cell::Missing => String::new(),
                };
            }
        }
        names
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(text.trim()),
            _ => None,
        })
    }

    /// Whether the row holds what programs call columns.
    fn is_of_program_names(&self) -> bool {
        let n_texts = self.texts().count();
        let marked = self.texts().filter(|text| is_marked(text)).count();
        n_texts == self.cells.len()
            && n_texts >= 3
            && self.texts().all(is_word)
            && marked * 2 >= n_texts
    }
}

/// A word of letters, digits, dots, dashes and underscores that begins with a letter.
fn is_word(text: &str) -> bool {
    text.chars().next().is_some_and(|first| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// A word that nobody writes by hand: with an underscore or a digit, or all in capitals.
fn is_marked(text: &str) -> bool {
    text.contains('_')
        || text.chars().any(|c| c.is_ascii_digit())
        || (text.len() > 1 && text.chars().all(|c| !c.is_ascii_lowercase()))
}

/// Position of the header among the first rows of a sheet; `None` when there is no row.
pub(super) fn choose(rows: &[SheetRow], wanted: Option<&ColumnMatcher>) -> Option<usize> {
    if let Some(matcher) = wanted {
        let bound = |row: &SheetRow| {
            matcher.bind(&row.names()).iter().filter(|slot| slot.is_some()).count()
        };
        if let Some(at) = first_of_largest(rows, bound) {
            return Some(at);
        }
    }
    let program = |row: &SheetRow| if row.is_of_program_names() { row.cells.len() } else { 0 };
    if let Some(at) = first_of_largest(rows, program) {
        return Some(at);
    }
    let widest = rows.iter().map(|row| row.cells.len()).max()?;
    let is_label_row =
        |row: &SheetRow| row.texts().count() == row.cells.len() && row.cells.len() * 2 >= widest;
    Some(rows.iter().position(is_label_row).unwrap_or(0))
}

/// The first row of the largest size, when any has a size.
fn first_of_largest(rows: &[SheetRow], size: impl Fn(&SheetRow) -> usize) -> Option<usize> {
    let mut best = None;
    for (at, row) in rows.iter().enumerate() {
        let size = size(row);
        if size > best.map_or(0, |(_, largest)| largest) {
            best = Some((at, size));
        }
    }
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(index: u32, texts: &[&str]) -> SheetRow {
        let cell = |text: &str| match text.parse::<f64>() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::from_text(text),
        };
        let cells = texts.iter().enumerate().map(|(at, text)| (at as u32, cell(text)));
        SheetRow { index, cells: cells.filter(|(_, cell)| !cell.is_missing()).collect() }
    }

    #[test]
    fn names_of_programs_win_over_titles_and_labels() {
        let rows = [
            row(0, &["Parc locatif social par commune"]),
            row(2, &["Source : SDES, RPLS"]),
            row(4, &["Code de la commune", "Commune", "Nombre de logements", "Taux de vacance"]),
            row(5, &["DEPCOM_ARM", "LIBCOM_DEP", "nb_ls", "tx_vac"]),
            row(6, &["82001", "Albefeuille (82)", "12", "3.2"]),
        ];
        assert_eq!(choose(&rows, None), Some(3));
    }

    #[test]
    fn labels_are_taken_when_there_are_no_names() {
        let rows = [
            row(0, &["Logements vacants"]),
            row(1, &["Code commune", "Nom de la commune", "État"]),
            row(2, &["32013", "Auch", "ouvert"]),
            row(3, &["2A004", "Ajaccio", "fermé"]),
        ];
        assert_eq!(choose(&rows, None), Some(1));
    }

    #[test]
    fn wanted_columns_decide() {
        let matcher = ColumnMatcher::new(&[vec!["code".to_owned()], vec!["nom".to_owned()]]);
        let rows =
            [row(0, &["A_1", "B_2", "C_3"]), row(1, &["Code", "Nom"]), row(2, &["Code", "12"])];
        assert_eq!(choose(&rows, Some(&matcher)), Some(1));
        assert_eq!(choose(&rows, None), Some(0));
        assert_eq!(choose(&[], None), None);
    }

    #[test]
    fn names_keep_their_place() {
        let mut header = row(3, &["", "code", "2024"]);
        header.cells[0].1 = Cell::from_text(" code \n commune ");
        assert_eq!(header.names(), ["", "code commune", "2024"]);
    }
}
