//! UTF-16 text as UTF-8: what Excel calls "Unicode text", and what some exports write.

use std::io;
use std::io::Read;

use encoding_rs::Decoder;
use encoding_rs::DecoderResult;
use encoding_rs::Encoding;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;

const CHUNK_BYTES: usize = 1 << 14;

/// The most bytes that one call of the decoder may write.
const LONGEST_CHARACTER: usize = 4;

/// The encoding that a byte-order mark at the start announces.
pub(super) const fn marked(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-16 bytes in, UTF-8 bytes out, without the mark.
pub(super) struct Utf16Reader<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    /// The decoder has given its last character and must not be called again.
    finished: bool,
    /// Decoded bytes that did not fit into the caller's buffer.
    left: Vec<u8>,
}

impl<R: Read> Utf16Reader<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK_BYTES],
            at: 0,
            filled: 0,
            ended: false,
            finished: false,
            left: Vec::new(),
        }
    }

    /// Decodes into a buffer of at least [`LONGEST_CHARACTER`] bytes; 0 at the end.
    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.finished {
                return Ok(0);
            }
            if self.at == self.filled && !self.ended {
                self.filled = self.inner.read(&mut self.raw)?;
                self.at = 0;
                self.ended = self.filled == 0;
            }
            let raw = &self.raw[self.at..self.filled];
            let (result, used, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, out, self.ended);
            self.at += used;
            match result {
                DecoderResult::Malformed(..) => {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "its UTF-16 text is cut or damaged",
                    ));
                }
                DecoderResult::InputEmpty if self.ended => {
                    self.finished = true;
                    return Ok(written);
                }
                DecoderResult::InputEmpty if written == 0 => {}
                _ => return Ok(written),
            }
        }
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() && buffer.len() >= LONGEST_CHARACTER {
            return self.decode(buffer);
        }
        if self.left.is_empty() {
            let mut character = [0; LONGEST_CHARACTER];
            let written = self.decode(&mut character)?;
            self.left.extend_from_slice(&character[..written]);
        }
        let taken = self.left.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&self.left[..taken]);
        self.left.drain(..taken);
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}code;nom\r\n01004;Ambérieu 𝄞\r\n";

    fn bytes(big_endian: bool) -> Vec<u8> {
        let units = TEXT.encode_utf16();
        units.flat_map(|u| if big_endian { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn any_buffer_gives_the_same_text() {
        for big_endian in [false, true] {
            let bytes = bytes(big_endian);
            let encoding = marked(&bytes).unwrap();
            for size in [1, 2, 3, 4, 7, 1000] {
                let mut reader = Utf16Reader::new(bytes.as_slice(), encoding);
                let (mut text, mut buffer) = (Vec::new(), vec![0; size]);
                loop {
                    match reader.read(&mut buffer).unwrap() {
                        0 => break,
                        n => text.extend_from_slice(&buffer[..n]),
                    }
                }
                assert_eq!(String::from_utf8(text).unwrap(), TEXT[3..], "buffer of {size}");
            }
        }
    }

    #[test]
    fn half_a_unit_and_half_a_pair_are_errors() {
        let whole = bytes(false);
        for cut in [whole.len() - 1, whole.len() - 6] {
            let mut text = Vec::new();
            let read = Utf16Reader::new(&whole[..cut], UTF_16LE).read_to_end(&mut text);
            assert_eq!(read.unwrap_err().kind(), io::ErrorKind::InvalidData, "cut at {cut}");
        }
    }
}
