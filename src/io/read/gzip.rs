//! Opens a file as a stream of bytes, unpacked when it is gzip, within limits.

use std::fs::File;
use std::io;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;

use super::error::ReadError;
use super::utf16;
use super::utf16::Utf16Reader;
use super::want::Limits;

/// The ratio means nothing before this many bytes are unpacked.
const RATIO_FROM_BYTES: u64 = 64 << 20;

/// The bytes of a file, unpacked on the way when it is gzip.
pub(super) struct Source {
    reader: Box<dyn Read>,
    /// Whether the file is gzip.
    pub packed: bool,
    /// UTF-16 as its byte-order mark announces it; the bytes read here are UTF-8 then.
    pub utf16: Option<&'static Encoding>,
}

impl Source {
    /// Opens a file; gzip is recognised by content, whatever the name.
    pub(super) fn open(path: &Path, limits: Limits) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
        let mut start = [0_u8; 2];
        let start = head(path, &mut start)?;
        let packed = is_gzip(start);
        let utf16 = utf16::marked(start);
        if let Some(encoding) = utf16 {
            let reader = Box::new(Utf16Reader::new(file, encoding));
            return Ok(Self { reader, packed, utf16 });
        }
        if !packed {
            return Ok(Self { reader: Box::new(file), packed, utf16 });
        }
        let packed_bytes = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            file: BufReader::with_capacity(1 << 16, file),
            bytes: Arc::clone(&packed_bytes),
        };
        let reader = Box::new(Limited {
            inner: MultiGzDecoder::new(counted),
            packed_bytes,
            unpacked_bytes: 0,
            limits,
        });
        Ok(Self { reader, packed, utf16 })
    }

    /// Reads as much as comes at once.
    pub(super) fn read_some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }

    /// Says what went wrong while reading, in terms of the file.
    pub(super) fn fault(&self, path: &Path, after_rows: u64, error: io::Error) -> ReadError {
        let path = path.to_owned();
        if let Some(TooLarge(limit)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return ReadError::UnpacksTooLarge { path, limit: limit.clone() };
        }
        match error.kind() {
            io::ErrorKind::InvalidData if self.utf16.is_some() => {
                ReadError::BadText { path, after_rows, what: error.to_string() }
            }
            _ if !self.packed => ReadError::Unreadable { path, source: error },
            io::ErrorKind::UnexpectedEof => ReadError::TruncatedGzip { path, after_rows },
            _ => ReadError::BadGzip { path, after_rows, what: error.to_string() },
        }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

/// Whether these first bytes are gzip's.
pub(super) const fn is_gzip(start: &[u8]) -> bool {
    matches!(start, [0x1f, 0x8b, ..])
}

/// The first bytes of a file, as they are on disk.
pub(super) fn head<'a>(path: &Path, buffer: &'a mut [u8]) -> Result<&'a [u8], ReadError> {
    let file = File::open(path).map_err(|error| ReadError::from_io(path, error))?;
    let length = read_up_to(file, buffer).map_err(|error| ReadError::from_io(path, error))?;
    Ok(&buffer[..length])
}

/// Fills the buffer as far as the stream goes.
pub(super) fn read_up_to(mut from: impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match from.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(n) => length += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// Counts the packed bytes, for the ratio.
struct Counted {
    file: BufReader<File>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {0}")]
struct TooLarge(String);

struct Limited {
    inner: MultiGzDecoder<Counted>,
    packed_bytes: Arc<AtomicU64>,
    unpacked_bytes: u64,
    limits: Limits,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.unpacked_bytes += n as u64;
        let packed = self.packed_bytes.load(Ordering::Relaxed).max(1);
        if self.unpacked_bytes > self.limits.unpacked_bytes {
            let limit = format!("{} bytes", self.limits.unpacked_bytes);
            return Err(io::Error::other(TooLarge(limit)));
        }
        if self.unpacked_bytes > RATIO_FROM_BYTES
            && self.unpacked_bytes / packed > self.limits.unpacked_ratio
        {
            let limit = format!("{} times its packed size", self.limits.unpacked_ratio);
            return Err(io::Error::other(TooLarge(limit)));
        }
        Ok(n)
    }
}
