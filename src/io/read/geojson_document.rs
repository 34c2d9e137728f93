//! What kind of JSON a file holds, and what to say when its frame breaks.

use std::path::Path;

use super::error::ReadError;
use super::gzip::Source;
use super::json_text::JsonStop;
use super::json_text::JsonText;
use super::want::Limits;

/// What the first value of the file turned out to be.
pub(super) enum Document {
    Collection,
    Features,
    /// Geometries without features around them.
    Geometries,
    /// Features in a bare list.
    List,
}

/// Why the text could not be walked further, in terms of the file.
pub(super) fn stop_error(
    path: &Path,
    text: &JsonText,
    rows: u64,
    limits: Limits,
    stop: JsonStop,
) -> ReadError {
    let (path_owned, byte, after_rows) = (path.to_owned(), text.byte(), rows);
    match stop {
        JsonStop::End => ReadError::CutShort { path: path_owned, after_rows, byte },
        JsonStop::Unexpected(what) => {
            ReadError::BadJson { path: path_owned, after_rows, byte, what }
        }
        JsonStop::TooLong => ReadError::FeatureTooLarge {
            path: path_owned,
            row: after_rows + 1,
            limit: limits.feature_bytes,
        },
        JsonStop::Io(error) => text.source.fault(path, after_rows, error),
    }
}

/// Looks at the members of the first value until it is clear what the document is.
pub(super) fn sniff(path: &Path, limits: Limits) -> Result<Document, ReadError> {
    let mut text = JsonText::new(Source::open(path, limits)?, limits.feature_bytes);
    let outcome = sniff_members(&mut text);
    match outcome {
        Ok(Ok(document)) => Ok(document),
        Ok(Err(what)) => {
            Err(ReadError::NotAFeatureCollection { path: path.to_owned(), what: what.to_owned() })
        }
        Err(stop) => Err(stop_error(path, &text, 0, limits, stop)),
    }
}

fn sniff_members(text: &mut JsonText) -> Result<Result<Document, &'static str>, JsonStop> {
    match text.peek()? {
        Some(b'{') => text.expect(b'{', "an object")?,
        Some(b'[') => {
            text.expect(b'[', "a list")?;
            // A list that holds neither features nor an object is told as what it is.
            let first = if text.peek()? == Some(b'{') { Some(sniff_members(text)?) } else { None };
            return Ok(match first {
                Some(Ok(Document::Features)) => Ok(Document::List),
                _ => Err("it is a list of something else than features"),
            });
        }
        Some(_) => return Ok(Err("it is a bare value")),
        None => return Ok(Err("it is empty")),
    }
    if text.take(b'}')? {
        return Ok(Err("it is an empty object"));
    }
    let mut said_collection = false;
    loop {
        let range = text.value()?;
        let key = text.slice(range).to_vec();
        text.expect(b':', "a colon")?;
        match key.as_slice() {
            b"\"features\"" => {
                let is_list = text.peek()? == Some(b'[');
                return Ok(if is_list {
                    Ok(Document::Collection)
                } else {
                    Err("its features are not a list")
                });
            }
            b"\"type\"" => {
                let range = text.value()?;
                match text.slice(range) {
                    b"\"FeatureCollection\"" => said_collection = true,
                    b"\"Topology\"" => return Ok(Err("it is TopoJSON")),
                    b"\"Feature\"" => return Ok(Ok(Document::Features)),
                    b"\"Point\""
                    | b"\"MultiPoint\""
                    | b"\"LineString\""
                    | b"\"MultiLineString\""
                    | b"\"Polygon\""
                    | b"\"MultiPolygon\""
                    | b"\"GeometryCollection\"" => return Ok(Ok(Document::Geometries)),
                    _ => {}
                }
            }
            b"\"geometryType\"" | b"\"spatialReference\"" | b"\"displayFieldName\"" => {
                return Ok(Err("it is Esri JSON"));
            }
            b"\"properties\"" | b"\"geometry\"" if !said_collection => {
                return Ok(Ok(Document::Features));
            }
            b"\"coordinates\"" | b"\"geometries\"" if !said_collection => {
                return Ok(Ok(Document::Geometries));
            }
            _ => text.skip()?,
        }
        if !text.take(b',')? {
            text.expect(b'}', "a comma or the end of the object")?;
            return Ok(Err("it has no features"));
        }
    }
}
