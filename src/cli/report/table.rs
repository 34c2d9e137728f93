//! A table in plain text.

/// Which side a column leans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Rows under headings, each column as wide as its widest cell.
pub(crate) struct TextTable {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl TextTable {
    pub(crate) fn new(columns: &[(&str, Align)]) -> Self {
        Self {
            columns: columns.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table, two blanks between columns, no blanks at the ends of lines.
    pub(crate) fn text(&self) -> String {
        let width = |text: &str| text.chars().count();
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, (name, _))| {
                let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell));
                cells.chain([width(name)]).max().unwrap_or(0)
            })
            .collect();
        let line = |cells: &[String]| {
            let mut text = String::new();
            for (at, cell) in cells.iter().enumerate() {
                let (Some(&wide), Some((_, align))) = (widths.get(at), self.columns.get(at)) else {
                    continue;
                };
                let blanks = " ".repeat(wide.saturating_sub(width(cell)));
                if at > 0 {
                    text.push_str("  ");
                }
                match align {
                    Align::Left => text.push_str(&format!("{cell}{blanks}")),
                    Align::Right => text.push_str(&format!("{blanks}{cell}")),
                }
            }
            format!("{}\n", text.trim_end())
        };
        let names: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let rule: Vec<String> = widths.iter().map(|wide| "─".repeat(*wide)).collect();
        let mut text = line(&names);
        text.push_str(&line(&rule));
        for row in &self.rows {
            text.push_str(&line(row));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_accents() {
        let mut table = TextTable::new(&[("né", Align::Left), ("n", Align::Right)]);
        table.row(vec!["Éauze".to_owned(), "12".to_owned()]);
        table.row(vec!["Auch".to_owned(), "7".to_owned()]);
        assert_eq!(table.text(), "né      n\n─────  ──\nÉauze  12\nAuch    7\n");
    }
}
