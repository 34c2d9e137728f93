//! Features laid out as nearly all are, parsed in one pass without a general parser.
//!
//! Whatever is out of the ordinary (escapes, nested values, collections, exponents, a member twice, any error) is left
//! to [`super::geojson_feature`], which answers it; for the rest both give the same feature, bit for bit (see the tests).

use super::geojson_coordinates::Coordinates;
use super::geojson_feature::Feature;
use super::geojson_feature::FeatureParser;
use super::geojson_feature::Filling;
use super::geojson_geometry::Found;
use super::geojson_geometry::Kind;
use super::json_number;
use super::row::Cell;

/// The feature, or `None`: ask the general parser.
pub(super) fn parse(parser: &mut FeatureParser, text: &[u8]) -> Option<Feature> {
    let mut text = Text { bytes: text, at: 0 };
    let mut filling = parser.filling();
    let mut geometry: Option<Found> = None;
    let mut id = None;
    let mut with_properties = false;
    text.object(|text, _, name| match name {
        "type" => text.string().map(drop),
        "id" if id.is_none() => {
            id = Some(text.cell()?);
            Some(())
        }
        "geometry" if geometry.is_none() && parser.with_geometry => {
            geometry = Some(text.geometry(&mut parser.coordinates)?);
            Some(())
        }
        "properties" if !with_properties => {
            with_properties = true;
            text.properties(parser, &mut filling)
        }
        "id" | "geometry" | "properties" => None,
        _ => text.skip(),
    })?;
    text.blank();
    if text.at < text.bytes.len() || !(with_properties || geometry.is_some()) {
        return None;
    }
    Some(parser.finished(filling, geometry.unwrap_or(Ok(None)), &id.unwrap_or(Cell::Missing)))
}

/// A JSON text and the position in it. Every method answers `None` where the general parser must decide.
struct Text<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Text<'t> {
    #[inline]
    fn blank(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Takes the next character when it is this one.
    #[inline]
    fn take(&mut self, wanted: u8) -> bool {
        self.blank();
        let found = self.bytes.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    #[inline]
    fn expect(&mut self, wanted: u8) -> Option<()> {
        self.take(wanted).then_some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.bytes[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn next(&mut self) -> Option<u8> {
        self.blank();
        self.bytes.get(self.at).copied()
    }

    /// The bytes of a string without escapes.
    #[inline]
    fn string(&mut self) -> Option<&'t [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(&self.bytes[start..self.at - 1]);
                }
                b'\\' | 0..0x20 => return None,
                _ => self.at += 1,
            }
        }
    }

    #[inline]
    fn number(&mut self) -> Option<f64> {
        self.blank();
        let (value, length) = json_number::leading(&self.bytes[self.at..])?;
        self.at += length;
        Some(value)
    }

    /// The members of an object, each with its rank and name; `member` takes the value.
    fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, usize, &'t str) -> Option<()>,
    ) -> Option<()> {
        self.expect(b'{')?;
        if self.take(b'}') {
            return Some(());
        }
        for rank in 0.. {
            let name = std::str::from_utf8(self.string()?).ok()?;
            self.expect(b':')?;
            member(self, rank, name)?;
            if !self.take(b',') {
                break;
            }
        }
        self.expect(b'}')
    }

    fn cell(&mut self) -> Option<Cell> {
        match self.next()? {
            b'"' => std::str::from_utf8(self.string()?).ok().map(Cell::from_text),
            b'n' => self.word(b"null").map(|()| Cell::Missing),
            b't' => self.word(b"true").map(|()| Cell::Flag(true)),
            b'f' => self.word(b"false").map(|()| Cell::Flag(false)),
            _ => self.number().map(Cell::Number),
        }
    }

    /// Passes a value without lists or objects.
    fn skip(&mut self) -> Option<()> {
        match self.next()? {
            b'"' => self.string().map(drop),
            b'n' => self.word(b"null"),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            _ => self.number().map(drop),
        }
    }

    fn properties(&mut self, parser: &mut FeatureParser, filling: &mut Filling) -> Option<()> {
        if self.next()? == b'n' {
            return self.word(b"null");
        }
        self.object(|text, rank, name| {
            if parser.recognise(rank, name) {
                let value = text.cell()?;
                filling.put(parser.slots_at(rank), value);
                Some(())
            } else {
                text.skip()
            }
        })
    }

    fn geometry(&mut self, coordinates: &mut Coordinates) -> Option<Found> {
        if self.next()? == b'n' {
            return self.word(b"null").map(|()| Ok(None));
        }
        coordinates.clear();
        let mut kind = None;
        let mut depth = None;
        self.object(|text, _, name| match (name, depth) {
            ("type", None) if kind.is_none() => {
                kind = Some(text.kind()?);
                Some(())
            }
            // The type says how deep the lists are: it comes first, or the general parser takes over.
            ("coordinates", None) => {
                depth = Some(kind.as_ref()?.1);
                text.lists(depth?, coordinates)
            }
            _ => None,
        })?;
        Some(coordinates.build(&kind?.0, Some(depth?)))
    }

    /// A type of geometry, and how deep its lists are nested.
    fn kind(&mut self) -> Option<(Kind, usize)> {
        Some(match self.string()? {
            b"Point" => (Kind::Point, 0),
            b"MultiPoint" => (Kind::MultiPoint, 1),
            b"LineString" => (Kind::LineString, 1),
            b"MultiLineString" => (Kind::MultiLineString, 2),
            b"Polygon" => (Kind::Polygon, 2),
            b"MultiPolygon" => (Kind::MultiPolygon, 3),
            _ => return None,
        })
    }

    /// Lists of lists of positions, none of them empty.
    fn lists(&mut self, depth: usize, coordinates: &mut Coordinates) -> Option<()> {
        self.expect(b'[')?;
        if depth == 0 {
            let x = self.number()?;
            self.expect(b',')?;
            let y = self.number()?;
            while self.take(b',') {
                self.number()?;
            }
            coordinates.push(x, y);
            return self.expect(b']');
        }
        loop {
            self.lists(depth - 1, coordinates)?;
            if !self.take(b',') {
                break;
            }
        }
        coordinates.close(depth);
        self.expect(b']')
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parser() -> FeatureParser {
        let columns = [&["id"][..], &["contenance", "aire"], &["nom"], &["type"]];
        let columns = columns.map(|names| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>());
        FeatureParser::new(&columns, true)
    }

    /// Both parsers on one text: what the quick one answers, the general one must answer too.
    fn same(text: &[u8]) -> bool {
        let (mut one, mut other) = (parser(), parser());
        let Some(quick) = parse(&mut one, text) else { return false };
        let general = other.parse_general(text).unwrap();
        assert_eq!(format!("{quick:?}"), format!("{general:?}"), "{}", text.escape_ascii());
        assert_eq!((&one.columns, &one.met), (&other.columns, &other.met));
        true
    }

    const PARCEL: &str = r#"{"type":"Feature","id":"82112000AB0001","geometry":{"type":"Polygon","coordinates":[[[1.1,44],[1.2,44.0000001],[1.2,44.1,7.5],[1.1,44]],[[1.11,44.01],[1.12,44.02],[1.11,44.02],[1.11,44.01]]]},"properties":{"id":"82112000AB0001","nom":"Écluse","contenance":-0,"arpente":false,"aire":12.50,"x":null}}"#;

    #[test]
    fn usual_features_go_the_quick_way() {
        assert!(same(PARCEL.as_bytes()));
        for text in [
            r#" { "properties" : null , "geometry" : null , "type" : "Feature" } "#,
            r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[-1,2.5]}}"#,
            r#"{"type":"Feature","properties":{"nom":" "},"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}}"#,
            r#"{"id":7,"properties":{"aire":1,"contenance":null},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"#,
            r#"{"id":true,"name":1,"properties":{"aire":1},"geometry":{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}}"#,
            r#"{"geometry":{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[1,4],[1,2]]],[[[5,6],[7,8],[5,8]]]]}}"#,
        ] {
            assert!(same(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn unusual_features_are_left_to_the_general_parser() {
        for text in [
            r#"{"type":"Feature","properties":{"nom":"a"b"},"geometry":null}"#,
            r#"{"type":"Feature","properties":{"nom":[1]},"geometry":null}"#,
            r#"{"type":"Feature","properties":{},"properties":{},"geometry":null}"#,
            r#"{"type":"Feature","geometry":{"coordinates":[1,2],"type":"Point"}}"#,
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1e2,2]}}"#,
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1]}}"#,
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[]}}"#,
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,NaN]}}"#,
            r#"{"type":"Feature"}"#,
            r#"{"geometry":null}}"#,
            r#"{"geometry":null"#,
            "[]",
            "",
        ] {
            assert!(!same(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn every_changed_byte_gives_the_same_answer_both_ways() {
        for at in 0..PARCEL.len() {
            for value in b"\"\\{}[]:,.-0 9en\n\x01\xc3" {
                let mut damaged = PARCEL.as_bytes().to_vec();
                damaged[at] = *value;
                same(&damaged);
                damaged.remove(at);
                same(&damaged);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn coordinates_of_any_precision(
            ring in prop::collection::vec((-180.0..180.0_f64, any::<f32>()), 3..30),
        ) {
            let positions: Vec<String> =
                ring.iter().map(|(x, y)| format!("[{x},{}]", f64::from(*y))).collect();
            let text = format!(
                "{{\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
                positions.join(",")
            );
            prop_assert_eq!(same(text.as_bytes()), ring.iter().all(|(_, y)| y.is_finite()));
        }
    }
}
