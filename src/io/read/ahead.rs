//! Reads ahead: a large file is decoded on a thread of its own while the caller works on the rows before.
//!
//! The caller still gets every row, in file order, on its own thread. What is under way is bounded by a few batches. When
//! the sink asks to stop, what is known of the file must not depend on how far the reader had run ahead: the file is then
//! read again, on the caller's thread, up to the row where it stopped. That is exact, and nobody stops late.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::mpsc::sync_channel;
use std::thread;

use geo::CoordsIter;

use super::Sink;
use super::error::ReadError;
use super::layer::SourceFacts;
use super::row::Row;
use super::want::Want;

/// Smaller files are read on the caller's thread: they come many at a time, side by side.
const LARGE_BYTES: u64 = 4 << 20;
/// Rows handed over at a time.
const BATCH_ROWS: usize = 256;
/// Vertices after which a batch is handed over, however few rows they are.
const BATCH_VERTICES: usize = 1 << 16;
/// Batches decoded and not yet taken.
const WAITING: usize = 2;

/// A format's reader.
pub(super) type Reader = fn(&Path, &Want, Sink<'_>) -> Result<SourceFacts, ReadError>;

/// Reads by `reader`, ahead where that pays.
pub(super) fn read(
    path: &Path,
    want: &Want,
    sink: Sink<'_>,
    reader: Reader,
) -> Result<SourceFacts, ReadError> {
    let large = fs::metadata(path).is_ok_and(|file| file.len() >= LARGE_BYTES);
    if large && thread::available_parallelism().is_ok_and(|cores| cores.get() > 1) {
        read_ahead(path, want, sink, reader)
    } else {
        reader(path, want, sink)
    }
}

fn read_ahead(
    path: &Path,
    want: &Want,
    sink: Sink<'_>,
    reader: Reader,
) -> Result<SourceFacts, ReadError> {
    let mut handed_over: u64 = 0;
    let mut stopped = false;
    let facts = thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Row>>(WAITING);
        // Emptied batches come back to be filled again: large blocks are what an allocator shares badly.
        let (emptied, empties) = channel::<Vec<Row>>();
        let decoding = scope.spawn(move || {
            let mut batch = Vec::with_capacity(BATCH_ROWS);
            let mut vertices = 0;
            let facts = reader(path, want, &mut |row| {
                vertices += vertices_of(&row);
                batch.push(row);
                if batch.len() < BATCH_ROWS && vertices < BATCH_VERTICES {
                    return ControlFlow::Continue(());
                }
                vertices = 0;
                let empty = empties.try_recv();
                let empty = empty.unwrap_or_else(|_| Vec::with_capacity(BATCH_ROWS));
                let full = std::mem::replace(&mut batch, empty);
                match sender.send(full) {
                    Ok(()) => ControlFlow::Continue(()),
                    // Nobody listens any more.
                    Err(_) => ControlFlow::Break(()),
                }
            });
            // Rows before a cut are handed over too, as without a second thread.
            let _gone = sender.send(batch);
            facts
        });
        'rows: for mut batch in &batches {
            for row in batch.drain(..) {
                handed_over += 1;
                if sink(row).is_break() {
                    stopped = true;
                    break 'rows;
                }
            }
            // At the end of the file nobody takes it back.
            let _unwanted = emptied.send(batch);
        }
        drop(batches);
        decoding.join()
    });
    if stopped {
        return reader(path, want, &mut |_| {
            handed_over -= 1;
            if handed_over > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    facts.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn vertices_of(row: &Row) -> usize {
    match &row.geometry {
        Ok(Some(geometry)) => geometry.coords_count(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::PathBuf;

    use super::*;
    use crate::io::read::geojson;

    fn want() -> Want {
        Want::columns(&[&["id"], &["late"]])
    }

    /// A file whose second column comes up only in the last rows.
    fn file(folder: &Path, rows: usize) -> PathBuf {
        let path = folder.join("rows.json.gz");
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n").unwrap();
        for row in 0..rows {
            let late = if row + 10 > rows { ",\"late\":1" } else { "" };
            let comma = if row + 1 < rows { "," } else { "" };
            writeln!(
                packer,
                "{{\"type\":\"Feature\",\"properties\":{{\"id\":{row}{late}}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[[{row},1],[2,3.5]]}}}}{comma}"
            )
            .unwrap();
        }
        packer.write_all(b"]}").unwrap();
        fs::write(&path, packer.finish().unwrap()).unwrap();
        path
    }

    type Read = fn(&Path, &Want, Sink<'_>, Reader) -> Result<SourceFacts, ReadError>;

    /// Facts or error, and the rows, of a reading that stops after so many.
    fn outcome(path: &Path, by: Read, stop_after: usize) -> (String, Vec<Row>) {
        let mut rows = Vec::new();
        let facts = by(
            path,
            &want(),
            &mut |row| {
                rows.push(row);
                if rows.len() < stop_after {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
            geojson::read,
        );
        (format!("{facts:?}"), rows)
    }

    fn plainly(
        path: &Path,
        want: &Want,
        sink: Sink<'_>,
        reader: Reader,
    ) -> Result<SourceFacts, ReadError> {
        reader(path, want, sink)
    }

    #[test]
    fn ahead_is_as_plainly() {
        let folder = tempfile::tempdir().unwrap();
        for rows in [1, 255, 256, 257, 5_000] {
            let path = file(folder.path(), rows);
            let (facts, read) = outcome(&path, read_ahead, usize::MAX);
            assert_eq!(read.len(), rows);
            assert_eq!((facts, read), outcome(&path, plainly, usize::MAX));
        }
    }

    #[test]
    fn a_stop_says_the_same_however_far_the_reader_had_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), 5_000);
        for stop_after in [1, 256, 300, 4_999, 5_000] {
            let ahead = outcome(&path, read_ahead, stop_after);
            assert_eq!(ahead, outcome(&path, plainly, stop_after));
            assert_eq!(ahead.1.len(), stop_after);
            assert!(ahead.0.contains("stopped: true"));
        }
    }

    #[test]
    fn a_cut_file_gives_its_rows_and_then_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), 5_000);
        let whole = fs::read(&path).unwrap();
        for share in [3, 50, 99] {
            fs::write(&path, &whole[..whole.len() * share / 100]).unwrap();
            let ahead = outcome(&path, read_ahead, usize::MAX);
            assert_eq!(ahead, outcome(&path, plainly, usize::MAX));
            assert!(
                ahead.0.contains(&format!(
                    "TruncatedGzip {{ path: {path:?}, after_rows: {} }}",
                    ahead.1.len()
                )),
                "{}",
                ahead.0
            );
        }
    }
}
