//! Walks through a JSON text of any length and frames its values without parsing them.
//!
//! Each feature becomes one slice that `serde_json` parses on its own: twice as fast as parsing a
//! stream, and what is wrong inside one feature stays the fault of that row.

use std::io;
use std::io::BufRead;
use std::ops::Range;

use super::gzip::Source;

const CHUNK_BYTES: usize = 1 << 18;

/// Why a value could not be framed.
#[derive(Debug)]
pub(super) enum JsonStop {
    /// The text ends inside.
    End,
    /// A character that cannot stand there.
    Unexpected(&'static str),
    /// One value longer than the limit.
    TooLong,
    /// Reading failed.
    Io(io::Error),
}

/// A buffered JSON text and the position in it.
pub(super) struct JsonText {
    pub source: Source,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    /// Bytes of the text before the buffer.
    dropped: u64,
    ended: bool,
    limit: usize,
}

impl JsonText {
    pub(super) fn new(source: Source, limit: usize) -> Self {
        let buffer = vec![0; CHUNK_BYTES];
        Self { source, buffer, at: 0, filled: 0, dropped: 0, ended: false, limit }
    }

    /// Position in the text, in bytes.
    pub(super) const fn byte(&self) -> u64 {
        self.dropped + self.at as u64
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &[u8] {
        &self.buffer[range]
    }

    /// Reads on, keeping everything from `keep`; returns how far the kept bytes moved down, or
    /// `None` at the end of the text.
    fn fill(&mut self, keep: usize) -> Result<Option<usize>, JsonStop> {
        if self.ended {
            return Ok(None);
        }
        self.buffer.copy_within(keep..self.filled, 0);
        self.filled -= keep;
        self.at -= keep;
        self.dropped += keep as u64;
        if self.filled == self.buffer.len() {
            if self.filled >= self.limit {
                return Err(JsonStop::TooLong);
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            match self.source.read_some(&mut self.buffer[self.filled..]) {
                // What is kept has moved all the same; the next call says that this is the end.
                Ok(0) => {
                    self.ended = true;
                    return Ok(Some(keep));
                }
                Ok(n) => {
                    self.filled += n;
                    return Ok(Some(keep));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(JsonStop::Io(error)),
            }
        }
    }

    /// The next byte that is not white space (nor a record separator or byte-order mark), without
    /// taking it; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, JsonStop> {
        loop {
            while self.at < self.filled {
                let byte = self.buffer[self.at];
                let mark = self.byte() < 3 && matches!(byte, 0xef | 0xbb | 0xbf);
                if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x1e) && !mark {
                    return Ok(Some(byte));
                }
                self.at += 1;
            }
            if self.fill(self.at)?.is_none() {
                return Ok(None);
            }
        }
    }

    /// Takes the next character when it is this one.
    pub(super) fn take(&mut self, wanted: u8) -> Result<bool, JsonStop> {
        let found = self.peek()? == Some(wanted);
        self.at += usize::from(found);
        Ok(found)
    }

    /// Takes this character, or says what was expected.
    pub(super) fn expect(&mut self, wanted: u8, what: &'static str) -> Result<(), JsonStop> {
        match self.peek()? {
            Some(byte) if byte == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(JsonStop::Unexpected(what)),
            None => Err(JsonStop::End),
        }
    }

    /// Frames the next value and moves behind it. The range is good until the next call.
    pub(super) fn value(&mut self) -> Result<Range<usize>, JsonStop> {
        if self.peek()?.is_none() {
            return Err(JsonStop::End);
        }
        let mut start = self.at;
        let mut frame = Frame::default();
        loop {
            match frame.advance(&self.buffer[self.at..self.filled]) {
                Some(used) => {
                    self.at += used;
                    if self.at == start {
                        return Err(JsonStop::Unexpected("a value"));
                    }
                    return Ok(start..self.at);
                }
                None => self.at = self.filled,
            }
            match self.fill(start)? {
                Some(moved) => start -= moved,
                None if frame.may_end_here() => return Ok(start..self.at),
                None => return Err(JsonStop::End),
            }
        }
    }

    /// The rest of the line from here, without the comma that ends it, when it looks like one object and is in the buffer
    /// already. Producers write one feature to a line: if the line is JSON by itself, then it is the next value, found by
    /// looking for one byte instead of counting brackets. Does not move.
    pub(super) fn line_object(&self) -> Option<Range<usize>> {
        let ahead = &self.buffer[self.at..self.filled];
        // The standard library's way to a fast search for one byte.
        let length = { ahead }.skip_until(b'\n').ok()?;
        let line = ahead[..length].strip_suffix(b"\n")?.trim_ascii_end();
        let line = line.strip_suffix(b",").unwrap_or(line).trim_ascii_end();
        (line.first() == Some(&b'{') && line.last() == Some(&b'}'))
            .then(|| self.at..self.at + line.len())
    }

    /// Moves behind a value that was found by [`Self::line_object`].
    pub(super) const fn move_behind(&mut self, value: &Range<usize>) {
        self.at = value.end;
    }

    /// Moves behind the next value, whatever its length.
    pub(super) fn skip(&mut self) -> Result<(), JsonStop> {
        if self.peek()?.is_none() {
            return Err(JsonStop::End);
        }
        let start = self.byte();
        let mut frame = Frame::default();
        loop {
            match frame.advance(&self.buffer[self.at..self.filled]) {
                Some(used) => {
                    self.at += used;
                    if self.byte() == start {
                        return Err(JsonStop::Unexpected("a value"));
                    }
                    return Ok(());
                }
                None => self.at = self.filled,
            }
            if self.fill(self.at)?.is_none() {
                return if frame.may_end_here() { Ok(()) } else { Err(JsonStop::End) };
            }
        }
    }
}

/// Finds the end of a value: counts brackets outside strings, nothing more.
#[derive(Debug, Default)]
struct Frame {
    depth: u64,
    in_string: bool,
    escaped: bool,
    started: bool,
}

const QUOTE: u8 = 1;
const OPEN: u8 = 2;
const CLOSE: u8 = 3;
const ENDS_SCALAR: u8 = 4;

/// What a byte means outside strings.
static MEANING: [u8; 256] = {
    let mut table = [0_u8; 256];
    table[b'"' as usize] = QUOTE;
    table[b'{' as usize] = OPEN;
    table[b'[' as usize] = OPEN;
    table[b'}' as usize] = CLOSE;
    table[b']' as usize] = CLOSE;
    table[b',' as usize] = ENDS_SCALAR;
    table[b':' as usize] = ENDS_SCALAR;
    table[b' ' as usize] = ENDS_SCALAR;
    table[b'\n' as usize] = ENDS_SCALAR;
    table[b'\r' as usize] = ENDS_SCALAR;
    table[b'\t' as usize] = ENDS_SCALAR;
    table
};

impl Frame {
    /// How many bytes belong to the value, once its end is seen.
    fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            if self.in_string {
                at += self.through_string(&bytes[at..]);
                if !self.in_string && self.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            if self.depth > 0 {
                at += bytes[at..]
                    .iter()
                    .position(|&b| matches!(MEANING[b as usize], QUOTE | OPEN | CLOSE))
                    .unwrap_or(bytes.len() - at);
                if at == bytes.len() {
                    return None;
                }
            }
            match MEANING[bytes[at] as usize] {
                QUOTE if self.depth == 0 && self.started => return Some(at),
                QUOTE => self.in_string = true,
                OPEN if self.depth == 0 && self.started => return Some(at),
                OPEN => self.depth += 1,
                CLOSE if self.depth == 0 => return Some(at),
                CLOSE => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                ENDS_SCALAR if self.depth == 0 => return Some(at),
                _ => {}
            }
            self.started = true;
            at += 1;
        }
        None
    }

    /// How many bytes belong to the string that is open.
    fn through_string(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            if self.escaped {
                self.escaped = false;
                at += 1;
                continue;
            }
            match bytes[at..].iter().position(|&b| b == b'"' || b == b'\\') {
                None => return bytes.len(),
                Some(ahead) => {
                    at += ahead + 1;
                    if bytes[at - 1] == b'"' {
                        self.in_string = false;
                        return at;
                    }
                    self.escaped = true;
                }
            }
        }
        at
    }

    /// Whether the text may end here: after a bare number or word, outside everything.
    const fn may_end_here(&self) -> bool {
        self.started && self.depth == 0 && !self.in_string
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds the text in two parts, cut anywhere; the frame must not depend on where.
    fn framed(text: &str) -> Vec<Option<usize>> {
        let bytes = text.as_bytes();
        let mut answers: Vec<Option<usize>> = (0..bytes.len())
            .map(|cut| {
                let mut frame = Frame::default();
                frame
                    .advance(&bytes[..cut])
                    .or_else(|| frame.advance(&bytes[cut..]).map(|used| used + cut))
            })
            .collect();
        answers.dedup();
        answers
    }

    #[test]
    fn frames_do_not_depend_on_chunks() {
        assert_eq!(framed(r#"{"a":"}\"]","b":[1,{}]},x"#), [Some(23)]);
        assert_eq!(framed(r#""a\\" : 1"#), [Some(5)]);
        assert_eq!(framed("-1.5e3 ,2"), [Some(6)]);
        assert_eq!(framed("NaN]"), [Some(3)]);
        assert_eq!(framed(r#"{"a":[1"#), [None]);
    }
}
