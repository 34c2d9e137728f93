use std::io::Write;

use super::*;

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn opened(name: &str, bytes: &[u8]) -> Result<Opened, ReadError> {
    opened_within(name, bytes, Limits::default())
}

fn opened_within(name: &str, bytes: &[u8], limits: Limits) -> Result<Opened, ReadError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    open(&path, name, limits)
}

fn shown(opened: &Opened) -> Vec<&str> {
    opened.files.iter().map(|file| file.shown.as_str()).collect()
}

#[test]
fn a_document_with_pdf_and_an_archive_inside() {
    let inner =
        zip_of(&[("ZONE_URBA.shp", b"shp"), ("ZONE_URBA.dbf", b"dbf"), ("zone.prj", b"prj")]);
    let outer = zip_of(&[
        ("82112_PLU/donnees.zip", &inner),
        ("82112_PLU/reglement.pdf", b"pdf"),
        ("82112_PLU/DOC_URBA.dbf", b"dbf"),
        ("__MACOSX/._DOC_URBA.dbf", b"x"),
    ]);
    let opened = opened("plu.zip", &outer).unwrap();
    assert_eq!(
        shown(&opened),
        ["plu.zip/82112_PLU/DOC_URBA.dbf", "plu.zip/82112_PLU/donnees.zip/ZONE_URBA.shp",]
    );
    assert_eq!(
        opened.passed_over,
        ["plu.zip/82112_PLU/reglement.pdf", "plu.zip/__MACOSX/._DOC_URBA.dbf"]
    );
    let zone = &opened.files[1].path;
    assert_eq!(fs::read(zone).unwrap(), b"shp");
    let folder = zone.parent().unwrap().to_owned();
    assert!(folder.join("zone.prj").is_file());
    drop(opened);
    assert!(!folder.exists(), "the temporary folder goes with its files");
}

#[test]
fn edigeo_sheets_are_tar_bz2() {
    let sheet = bzip2(&tar_of(&[("E000AB01.THF", b"thf"), ("EDAB01T1.VEC", b"vec")]));
    let one = opened("edigeo-82112000AB01.tar.bz2", &sheet).unwrap();
    assert_eq!(shown(&one), ["edigeo-82112000AB01.tar.bz2/E000AB01.THF"]);
    assert!(one.files[0].path.with_file_name("EDAB01T1.VEC").is_file());
    let department = zip_of(&[("82112/edigeo-82112000AB01.tar.bz2", &sheet)]);
    let all = opened("dep82.zip", &department).unwrap();
    assert_eq!(shown(&all), ["dep82.zip/82112/edigeo-82112000AB01.tar.bz2/E000AB01.THF"]);
    let packed = opened("a.tgz", &gzip(&tar_of(&[("x.csv", b"a;b\n1;2\n")]))).unwrap();
    assert_eq!(shown(&packed), ["a.tgz/x.csv"]);
}

#[test]
fn gzip_around_text_is_left_to_the_readers() {
    let json =
        opened("parcelles.json.gz", &gzip(b"{\"type\":\"FeatureCollection\",\"features\":[]}"))
            .unwrap();
    assert!(json.is_plain_file);
    assert_eq!(shown(&json), ["parcelles.json.gz"]);
    let table = opened("zones.gpkg.gz", &gzip(b"SQLite format 3\0 and so on")).unwrap();
    assert_eq!(shown(&table), ["zones.gpkg.gz/zones.gpkg"]);
    let csv = opened("lovac.csv.bz2", &bzip2(b"a;b\n1;2\n")).unwrap();
    assert_eq!(shown(&csv), ["lovac.csv.bz2/lovac.csv"]);
}

#[test]
fn bombs_and_traps_are_refused_by_name() {
    let refused = |name: &str, bytes: &[u8], limits: Limits| {
        opened_within(name, bytes, limits).unwrap_err().to_string()
    };
    // The writer would clean the name.
    let mut out = zip_of(&[("aa/bb/x.csv", b"x")]);
    while let Some(at) = out.windows(6).position(|window| window == b"aa/bb/") {
        out[at..at + 6].copy_from_slice(b"../../");
    }
    assert!(refused("a.zip", &out, Limits::default()).contains("leads out of the archive"));
    let absolute = bzip2(&tar_of(&[("x.csv", b"x")]));
    let message = refused("a.zip", &absolute[..absolute.len() - 4], Limits::default());
    assert!(message.starts_with("a.zip cannot be unpacked: "), "{message}");
    let zeros = zip_of(&[("x.csv", &vec![b'0'; 1 << 20])]);
    let small = Limits { unpacked_bytes: 1 << 16, ..Limits::default() };
    assert!(refused("a.zip", &zeros, small).contains("unpacks to more than 65536 bytes"));
    let bomb = bzip2(&vec![b'0'; 80 << 20]);
    assert!(refused("x.csv.bz2", &bomb, Limits::default()).contains("250 times its packed size"));
    let many: Vec<(String, &[u8])> =
        (0..20).map(|i| (format!("{i}.csv"), b"x".as_slice())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let few = Limits { entries: 10, ..Limits::default() };
    assert!(refused("a.zip", &zip_of(&many), few).contains("more than 10 files"));
    let mut nested = zip_of(&[("x.csv", b"x")]);
    for level in 0..6 {
        nested = zip_of(&[(&format!("{level}.zip"), &nested)]);
    }
    assert!(refused("a.zip", &nested, Limits::default()).contains("4 archives one in the other"));
}

#[test]
fn a_folder_gives_its_files_in_order_whatever_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let plu = dir.path().join("82112_PLU");
    fs::create_dir_all(plu.join("Donnees_geographiques")).unwrap();
    for name in ["b.shp", "b.dbf", "a.geojson", ".hidden.csv", "notice.pdf"] {
        fs::write(plu.join("Donnees_geographiques").join(name), "x").unwrap();
    }
    let opened = open(&plu, "82112_PLU", Limits::default()).unwrap();
    assert_eq!(
        shown(&opened),
        ["82112_PLU/Donnees_geographiques/a.geojson", "82112_PLU/Donnees_geographiques/b.shp"]
    );
    assert_eq!(opened.passed_over, ["82112_PLU/Donnees_geographiques/notice.pdf"]);
    assert!(!opened.is_plain_file);
    let missing = open(&dir.path().join("none"), "none", Limits::default()).unwrap_err();
    assert!(matches!(missing, ReadError::NotFound { .. }));
}
