//! Stops a reader of delimited text that swallows a file: a quote opened and never closed makes one record of all that
//! follows.

use std::cell::Cell;
use std::io;
use std::io::Read;
use std::rc::Rc;

/// One record is longer than the limit.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a record is longer than {0} bytes")]
pub(super) struct RecordTooLong(pub usize);

/// Bytes taken since the last record ended, as the reader of records and what it reads from both see them.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken(Rc<Cell<usize>>);

impl Taken {
    /// A record has ended.
    pub(super) fn record_ended(&self) {
        self.0.set(0);
    }
}

/// Passes bytes on and fails when too many were taken for one record. What the reader buffers ahead counts for the next
/// record, so that the limit is good to a buffer's length.
pub(super) struct RecordGuard<R> {
    inner: R,
    taken: Taken,
    limit: usize,
}

impl<R: Read> RecordGuard<R> {
    pub(super) fn new(inner: R, limit: usize) -> (Self, Taken) {
        let taken = Taken::default();
        (Self { inner, taken: taken.clone(), limit }, taken)
    }
}

impl<R: Read> Read for RecordGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let taken = self.taken.0.get().saturating_add(length);
        if taken > self.limit {
            return Err(io::Error::other(RecordTooLong(self.limit)));
        }
        self.taken.0.set(taken);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_records_pass_and_one_long_one_does_not() {
        let text = [b'x'; 40];
        let (mut guard, taken) = RecordGuard::new(&text[..], 16);
        let mut buffer = [0; 10];
        for _ in 0..3 {
            assert_eq!(guard.read(&mut buffer).unwrap(), 10);
            taken.record_ended();
        }
        assert_eq!(guard.read(&mut buffer).unwrap(), 10);
        let (mut guard, _taken) = RecordGuard::new(&text[..], 16);
        assert!(guard.read(&mut buffer).is_ok());
        let error = guard.read(&mut buffer).unwrap_err();
        assert!(error.get_ref().is_some_and(|inner| inner.is::<RecordTooLong>()));
    }
}
