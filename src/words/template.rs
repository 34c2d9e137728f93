//! Texts with places: `row {row}`.

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// What stands in every such text.
    Fixed(&'a str),
    /// The name of a place. Braces around anything but a name are text: `columns = { … }`.
    Place(&'a str),
}

/// The parts of a text, in order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut looked) = (text, 0);
    while let Some(open) = rest[looked..].find('{').map(|at| looked + at) {
        let name = rest[open + 1..].split('}').next().unwrap_or_default();
        let is_closed = rest[open + 1..].len() > name.len();
        if !is_closed || !is_name(name) {
            looked = open + 1;
            continue;
        }
        if open > 0 {
            pieces.push(Piece::Fixed(&rest[..open]));
        }
        pieces.push(Piece::Place(name));
        (rest, looked) = (&rest[open + name.len() + 2..], 0);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Fixed(rest));
    }
    pieces
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The text with its places filled; a place without a value stays as it is written. A value is never searched for
/// places: it may be a file's name with braces.
pub(super) fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Fixed(fixed) => filled.push_str(fixed),
            Piece::Place(name) => match value(name) {
                Some(value) => filled.push_str(value),
                None => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_names_in_braces() {
        let of = pieces("a {b} `{ … }` {c_1}{");
        assert_eq!(
            of,
            [
                Piece::Fixed("a "),
                Piece::Place("b"),
                Piece::Fixed(" `{ … }` "),
                Piece::Place("c_1"),
                Piece::Fixed("{"),
            ]
        );
    }

    #[test]
    fn a_value_with_braces_is_left_alone() {
        let value = |name: &str| match name {
            "file" => Some("{row}.csv"),
            "row" => Some("7"),
            _ => None,
        };
        assert_eq!(fill("{file}, {row}, {other}", value), "{row}.csv, 7, {other}");
    }
}
