//! GeoJSON: a FeatureCollection, a single Feature or geometry, or one feature per line; plain or
//! gzip. Members may come in any order.

use std::ops::ControlFlow;
use std::ops::Range;
use std::path::Path;

use super::crs_of_file::of_geojson_member;
use super::crs_of_file::of_geojson_owner;
use super::error::ReadError;
use super::geojson_document::Document;
use super::geojson_document::sniff;
use super::geojson_document::stop_error;
use super::geojson_feature::Feature;
use super::geojson_feature::FeatureParser;
use super::geojson_service::ServiceAnswer;
use super::geojson_service::ServiceMember;
use super::gzip::Source;
use super::json_repair::repaired;
use super::json_text::JsonStop;
use super::json_text::JsonText;
use super::layer::DeclaredCrs;
use super::layer::Format;
use super::layer::GeometryHint;
use super::layer::LayerHeader;
use super::layer::ReadNote;
use super::layer::SourceFacts;
use super::row::Cell;
use super::row::GeometryFault;
use super::row::Row;
use super::want::GeometryFrom;
use super::want::Want;

/// Features that [`probe`] looks at for their property names.
const PROBED_FEATURES: u64 = 200;

/// Header from the first features; `crs` only when it is met before the end of them.
pub(super) fn probe(path: &Path) -> Result<Vec<LayerHeader>, ReadError> {
    let want = Want { geometry: GeometryFrom::None, ..Want::default() };
    let mut looked_at = 0;
    let facts = read(path, &want, &mut |_| {
        looked_at += 1;
        if looked_at < PROBED_FEATURES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let rows = (!facts.stopped).then_some(facts.rows_read);
    Ok(vec![LayerHeader { rows, ..facts.header }])
}

/// Reads all features.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<SourceFacts, ReadError> {
    let source = Source::open(path, want.limits)?;
    let mut walk = Walk::new(path, want, source, sink);
    walk.document()?;
    walk.finish()
}

struct Walk<'w> {
    path: &'w Path,
    want: &'w Want,
    text: JsonText,
    parser: FeatureParser,
    sink: &'w mut dyn FnMut(Row) -> ControlFlow<()>,
    rows: u64,
    crs: DeclaredCrs,
    stopped: bool,
    bare_nan: u64,
    wrong_encoding: u64,
    service: ServiceAnswer,
    /// Features have stood one to a line so far.
    by_lines: bool,
}

impl<'w> Walk<'w> {
    fn new(
        path: &'w Path,
        want: &'w Want,
        source: Source,
        sink: &'w mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Self {
        Self {
            path,
            want,
            text: JsonText::new(source, want.limits.feature_bytes),
            parser: FeatureParser::new(&want.columns, want.geometry == GeometryFrom::Native),
            sink,
            rows: 0,
            crs: DeclaredCrs::None,
            stopped: false,
            bare_nan: 0,
            wrong_encoding: 0,
            service: ServiceAnswer::default(),
            by_lines: true,
        }
    }

    fn document(&mut self) -> Result<(), ReadError> {
        match sniff(self.path, self.want.limits)? {
            Document::Collection => self.collection(),
            Document::Features => self.values(Self::feature),
            Document::Geometries => self.values(Self::bare_geometry),
            Document::List => {
                self.expect(b'[', "a list")?;
                self.features()?;
                if self.stopped { Ok(()) } else { self.end() }
            }
        }
    }

    /// Value after value to the end, each of them a row.
    fn values(&mut self, row: fn(&mut Self, Range<usize>)) -> Result<(), ReadError> {
        while !self.stopped && self.text.peek().map_err(|s| self.stop(s))?.is_some() {
            let range = self.text.value().map_err(|s| self.stop(s))?;
            if self.rows == 0 {
                self.crs = of_geojson_owner(self.text.slice(range.clone()));
            }
            row(self, range);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), ReadError> {
        match self.text.peek().map_err(|s| self.stop(s))? {
            None => Ok(()),
            Some(_) => Err(self.stop(JsonStop::Unexpected("the end of the file"))),
        }
    }

    fn collection(&mut self) -> Result<(), ReadError> {
        self.expect(b'{', "an object")?;
        loop {
            let key = self.text.value().map_err(|s| self.stop(s))?;
            let key = self.text.slice(key);
            let (is_features, is_crs) = (key == b"\"features\"", key == b"\"crs\"");
            let service = ServiceMember::of(key);
            self.expect(b':', "a colon")?;
            if is_features && self.take(b'[')? {
                self.features()?;
                if self.stopped {
                    return Ok(());
                }
            } else if is_crs {
                let range = self.text.value().map_err(|s| self.stop(s))?;
                self.crs = of_geojson_member(self.text.slice(range));
            } else if let Some(service) = service {
                let range = self.text.value().map_err(|s| self.stop(s))?;
                self.service.take(service, self.text.slice(range));
            } else {
                self.text.skip().map_err(|s| self.stop(s))?;
            }
            if !self.take(b',')? {
                self.expect(b'}', "a comma or the end of the collection")?;
                break;
            }
        }
        self.end()
    }

    fn features(&mut self) -> Result<(), ReadError> {
        if self.take(b']')? {
            return Ok(());
        }
        loop {
            self.next_feature()?;
            if self.stopped {
                return Ok(());
            }
            if !self.take(b',')? {
                return self.expect(b']', "a comma or the end of the features");
            }
        }
    }

    fn next_feature(&mut self) -> Result<(), ReadError> {
        self.text.peek().map_err(|s| self.stop(s))?;
        let line = if self.by_lines { self.text.line_object() } else { None };
        if let Some(range) = line {
            let reduced = self.parser.counts.collections_reduced;
            if let Ok(feature) = self.parser.parse(self.text.slice(range.clone())) {
                self.text.move_behind(&range);
                self.rows += 1;
                self.hand_over(Ok(feature));
                return Ok(());
            }
            // A bad row, or features laid out otherwise: brackets tell where each one ends.
            self.parser.counts.collections_reduced = reduced;
            self.by_lines = false;
        }
        let range = self.text.value().map_err(|s| self.stop(s))?;
        self.feature(range);
        Ok(())
    }

    fn feature(&mut self, range: Range<usize>) {
        self.parsed_row(range, None);
    }

    /// A geometry is a feature without properties.
    fn bare_geometry(&mut self, range: Range<usize>) {
        let geometry = self.text.slice(range.clone());
        let wrapped = [b"{\"geometry\":".as_slice(), geometry, b"}"].concat();
        self.parsed_row(range, Some(&wrapped));
    }

    fn parsed_row(&mut self, range: Range<usize>, wrapped: Option<&[u8]>) {
        self.rows += 1;
        let text = wrapped.unwrap_or_else(|| self.text.slice(range));
        let mut parsed = self.parser.parse(text);
        if matches!(parsed, Err(GeometryFault::UnreadableRow { .. })) {
            let repaired = repaired(text);
            if repaired.changed() {
                parsed = self.parser.parse(&repaired.text);
                self.bare_nan += u64::from(repaired.bare_nan && parsed.is_ok());
                self.wrong_encoding += u64::from(repaired.wrong_encoding && parsed.is_ok());
            }
        }
        self.hand_over(parsed);
    }

    fn hand_over(&mut self, parsed: Result<Feature, GeometryFault>) {
        let row = match parsed {
            Ok(feature) => {
                Row { number: self.rows, geometry: feature.geometry, cells: feature.cells }
            }
            Err(fault) => {
                let cells = vec![Cell::Missing; self.want.columns.len()];
                Row { number: self.rows, geometry: Err(fault), cells }
            }
        };
        self.stopped = (self.sink)(row).is_break();
    }

    fn take(&mut self, wanted: u8) -> Result<bool, ReadError> {
        self.text.take(wanted).map_err(|s| self.stop(s))
    }

    fn expect(&mut self, wanted: u8, what: &'static str) -> Result<(), ReadError> {
        self.text.expect(wanted, what).map_err(|s| self.stop(s))
    }

    fn stop(&self, stop: JsonStop) -> ReadError {
        stop_error(self.path, &self.text, self.rows, self.want.limits, stop)
    }

    fn finish(self) -> Result<SourceFacts, ReadError> {
        let missing: Vec<usize> =
            (0..self.parser.met.len()).filter(|&slot| !self.parser.met[slot]).collect();
        if self.rows > 0 {
            self.want.require(self.path, &missing, &self.parser.columns)?;
        }
        let notes = [
            self.service.note(self.rows).filter(|_| !self.stopped),
            (self.text.source.packed && !has_gzip_name(self.path))
                .then_some(ReadNote::GzipUnderPlainName),
            (self.bare_nan > 0).then_some(ReadNote::BareNan { count: self.bare_nan }),
            (self.wrong_encoding > 0)
                .then_some(ReadNote::WrongEncoding { count: self.wrong_encoding }),
            (self.parser.counts.collections_reduced > 0).then_some(ReadNote::CollectionsReduced {
                count: self.parser.counts.collections_reduced,
            }),
        ];
        let header = LayerHeader {
            name: super::layer_name(self.path),
            format: Format::GeoJson,
            columns: self.parser.columns,
            rows: Some(self.rows),
            crs: self.crs,
            encoding: None,
            geometry: GeometryHint::Unknown,
        };
        Ok(SourceFacts {
            header,
            rows_read: self.rows,
            rows_passed_over: 0,
            missing_columns: missing,
            stopped: self.stopped,
            notes: notes.into_iter().flatten().collect(),
        })
    }
}

fn has_gzip_name(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("gzip"))
}
