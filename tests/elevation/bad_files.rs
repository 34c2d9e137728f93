use std::fs;
use std::path::Path;

use gisement::io::read::ReadError;
use gisement::io::read::read_elevation;

use crate::fixture;

fn refused(name: &str, bytes: &[u8]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    let error = read_elevation(&path).expect_err("must be refused").to_string();
    error.replace(&format!("{}/", dir.path().display()), "")
}

#[test]
fn text_that_is_no_grid_is_refused_with_its_line() {
    let plain = fs::read_to_string(fixture("plain.asc")).unwrap();
    let (head, rows) = plain.split_once("-9999\n").unwrap();
    let with = |rows: &str| format!("{head}-9999\n{rows}");
    let first = rows.split(' ').next().unwrap();
    let last_line = rows.trim_end().rsplit('\n').next().unwrap();
    let cases: [(String, &str); 13] = [
        (
            with(&rows.replacen(first, &first.replace('.', ","), 1)),
            "line 7: 103.3498,103.3498 has a decimal comma; numbers are written with a point",
        ),
        (with(&rows.replacen(' ', " abc ", 1)), "line 7: abc is no number for a grid"),
        (with(&rows.replacen(first, "1e999", 1)), "line 7: 1e999 is no height for a grid"),
        (with(&rows.replacen(last_line, "", 1)), "280 heights are announced and 260 are there"),
        (
            format!("{plain}12.5 13\n"),
            "line 21: 280 heights are announced and there are more, from 12.5 on",
        ),
        (plain.replace("ncols 20", "ncols 0"), "line 7: ncols of a grid cannot be 0"),
        (plain.replace("ncols 20", "ncols -3"), "line 7: ncols of a grid cannot be -3"),
        (plain.replace("ncols 20", "ncols 20,5"), "line 1: 20,5 has a decimal comma"),
        (plain.replace("cellsize 5.0", "cellsize -5"), "line 7: cellsize of a grid cannot be -5"),
        (plain.replace("cellsize 5.0", "dx 5\ndy 6"), "line 8: its cells are 5 by 6, not square"),
        (
            plain.replace("yllcorner", "ylcorner"),
            "line 4: ylcorner is no word of the header of a grid",
        ),
        (plain.replace("yllcorner 6330000.0\n", ""), "line 6: the header says no yllcorner"),
        ("ncols 20\nnrows".to_owned(), "line 2: the file ends within its header"),
    ];
    for (text, expected) in cases {
        let error = refused("heights.asc", text.as_bytes());
        let expected = expected.replace("103.3498,103.3498", &first.replace('.', ","));
        assert!(error.contains(&expected), "{error}\n  not: {expected}");
        assert!(error.starts_with("heights.asc, line "), "{error}");
        assert!(error.ends_with("; take the file again from its source"), "{error}");
    }
}

#[test]
fn what_is_absurdly_large_is_refused_before_it_takes_the_memory() {
    let text = "ncols 4000000\nnrows 4000000\nxllcorner 0\nyllcorner 0\ncellsize 5\n1 2 3\n";
    let error = refused("large.asc", text.as_bytes());
    assert!(error.contains("has 16000000000000 cells, more than the 400000000"), "{error}");
    // The most that is allowed, announced by a few bytes.
    let text = "ncols 20000\nnrows 20000\nxllcorner 0\nyllcorner 0\ncellsize 5\n1 2 3\n";
    let error = refused("large.asc", text.as_bytes());
    assert!(error.contains("400000000 heights are announced and 3 are there"), "{error}");
    let error = read_elevation(&fixture("huge.tif")).unwrap_err().to_string();
    assert!(error.contains("has 900000000 cells, more than the 400000000"), "{error}");
    // Width and height of a TIFF, each made 65 535: its tiles are then too few.
    let mut bytes = fs::read(fixture("f32-deflate-tiles.tif")).unwrap();
    let directory = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
    for entry in 0..2 {
        let at = directory + 2 + 12 * entry + 8;
        bytes[at..at + 2].copy_from_slice(&[0xff, 0xff]);
    }
    let error = refused("large.tif", &bytes);
    assert!(error.contains("it is no TIFF that can be read"), "{error}");
}

#[test]
fn rasters_that_are_no_plain_heights_say_why() {
    for (name, expected) in [
        ("three-bands.tif", "it has 3 bands or colours, where heights are one band"),
        ("scaled.tif", "its heights are written with a factor or an offset"),
        ("oblong.tif", "its cells are 10 by 5, not square"),
        ("turned.tif", "it is turned"),
        ("zstd.tif", "it is "),
    ] {
        let error = read_elevation(&fixture(name)).unwrap_err();
        assert!(matches!(error, ReadError::BadRaster { .. }), "{name}: {error}");
        assert!(error.to_string().contains(expected), "{name}: {error}");
    }
    let error = refused("heights.png", b"\x89PNG\r\n\x1a\n0000");
    assert!(
        error.contains("give heights as an Esri ASCII grid (.asc) or a GeoTIFF (.tif)"),
        "{error}"
    );
    let error = refused("empty.asc", b"");
    assert!(error.contains("is in no format known here"), "{error}");
    let missing = read_elevation(Path::new("nowhere.asc")).unwrap_err();
    assert!(matches!(missing, ReadError::NotFound { .. }), "{missing}");
}

/// Cut anywhere, and with any byte changed: an answer or an error, never a panic; and never heights that were cut.
#[test]
fn damage_is_an_error_or_other_heights_and_never_a_panic() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("damaged");
    for name in
        ["f32-deflate-tiles.tif", "f64-lzw-strips.tif", "i16-deflate-tiles.tif", "plain.asc"]
    {
        let whole = fs::read(fixture(name)).unwrap();
        let whole_grid = format!("{:?}", read_elevation(&fixture(name)).unwrap());
        for length in (0..whole.len()).step_by(23) {
            fs::write(&path, &whole[..length]).unwrap();
            if let Ok(read) = read_elevation(&path) {
                // A grid of text may be cut within its last number.
                let is_last = name == "plain.asc" && length + 10 > whole.len();
                assert!(
                    is_last || format!("{read:?}") == whole_grid,
                    "{name} cut to {length} bytes gives other heights"
                );
            }
        }
        let mut bytes = whole.clone();
        // Every byte of what describes the grid, then some of what it holds.
        for at in (0..whole.len()).filter(|at| *at < 400 || at % 7 == 0) {
            bytes[at] = whole[at] ^ 0xff;
            fs::write(&path, &bytes).unwrap();
            let _answer = read_elevation(&path);
            bytes[at] = whole[at];
        }
    }
}
