//! Writes small EDIGEO exchanges, line by line, as the DGFiP does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The files of an exchange by name; bytes, since the text is in ISO 8859-1.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One file.
struct File {
    bytes: Vec<u8>,
}

impl File {
    fn new(name: &str) -> Self {
        let mut file = Self { bytes: Vec::new() };
        file.line("BOMT ", name).line("CSET ", "IRV");
        file
    }

    /// A line, the value in ISO 8859-1.
    fn line(&mut self, code: &str, value: &str) -> &mut Self {
        let value: Vec<u8> = value.chars().map(|c| u8::try_from(c).unwrap()).collect();
        self.bytes.extend(format!("{code}{:02}:", value.len()).bytes());
        self.bytes.extend(value);
        self.bytes.extend(b"\r\n");
        self
    }

    fn record(&mut self, kind: &str, id: &str) -> &mut Self {
        self.bytes.extend(b"\r\n");
        self.line("RTYSA", kind).line("RIDSA", id);
        self.bytes.extend(b"\r\n");
        self
    }

    fn end(mut self) -> Vec<u8> {
        self.line("EOMT ", "");
        self.bytes
    }
}

/// An attribute's identifier, name and type.
const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("IDU_id", "IDU", "T"),
    ("SUPF_id", "SUPF", "R"),
    ("TEX2_id", "TEX2", "T"),
    ("DUR_id", "DUR", "A"),
];

/// A class's identifier, kind and attributes.
const CLASSES: &[(&str, &str, &[&str])] = &[
    ("BATIMENT_id", "ARE", &["DUR_id"]),
    ("BORNE_id", "PCT", &[]),
    ("COMMUNE_id", "ARE", &["IDU_id", "TEX2_id"]),
    ("PARCELLE_id", "ARE", &["IDU_id", "SUPF_id"]),
    ("SECTION_id", "ARE", &["IDU_id"]),
    ("TLINE_id", "LIN", &[]),
    ("VOIEP_id", "PCT", &[]),
];

/// Two parcels that share an arc, the first one with a hole that a third one fills; a fourth one in
/// two parts; the section of the first two; a building, a commune, lines and a boundary stone.
pub fn small(lot: &str) -> Files {
    let mut files = Files::new();
    files.insert("E.THF".to_owned(), volume(&[lot]));
    files.extend(of_lot(lot));
    files
}

/// An exchange of two lots, twice the same ground.
pub fn of_two_lots() -> Files {
    let mut files = Files::new();
    files.insert("E.THF".to_owned(), volume(&["EDAA01", "EDAB01"]));
    files.extend(of_lot("EDAA01"));
    files.extend(of_lot("EDAB01"));
    files
}

/// Puts the files into a folder and gives the path of the `.THF`.
pub fn write(files: &Files, folder: &Path) -> PathBuf {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let is_volume = |name: &&String| name.to_ascii_lowercase().ends_with(".thf");
    folder.join(files.keys().find(is_volume).unwrap())
}

fn volume(lots: &[&str]) -> Vec<u8> {
    let mut file = File::new("E.THF");
    file.record("GTS", "SUPPORT_01").line("INFST", "essai cadastré");
    for lot in lots {
        file.record("GTL", lot).line("LONSA", lot);
        for (name, id) in
            [("GNN", "GEN"), ("GON", "GEO"), ("QAN", "QAL"), ("DIN", "DIC"), ("SCN", "SCD")]
        {
            file.line(&format!("{name}SA"), "SE").line(&format!("{}ISA", &name[..2]), id);
        }
        file.line("GDCSN", "2");
        file.line("GDNSA", "T1").line("GDISA", "SeTOP_1");
        file.line("GDNSA", "S1").line("GDISA", "SeSPA_1");
    }
    file.end()
}

fn of_lot(lot: &str) -> Files {
    let name = |end: &str| format!("{lot}{end}");
    let mut geo = File::new(&name("SE.GEO"));
    geo.record("GEO", "G").line("RETSA", "MAP").line("RELSA", "RGF93CC44").line("UNHST", "m");
    let mut quality = File::new(&name("SE.QAL"));
    quality.record("QUP", "Q_1").line("ODASD", "20080714").line("UDASD", "20140303");
    Files::from([
        (name("SE.GEO"), geo.end()),
        (name("SE.GEN"), File::new(&name("SE.GEN")).end()),
        (name("SE.QAL"), quality.end()),
        (name("SE.DIC"), dictionary(lot)),
        (name("SE.SCD"), scheme(lot)),
        (name("T1.VEC"), topology(lot)),
        (name("S1.VEC"), spaghetti(lot)),
    ])
}

fn dictionary(lot: &str) -> Vec<u8> {
    let mut file = File::new(&format!("{lot}SE.DIC"));
    for (class, ..) in CLASSES {
        file.record("DID", &format!("ID_N_OBJ_{class}")).line("LABSA", class);
    }
    for (_, name, kind) in ATTRIBUTES {
        file.record("DIA", &format!("ID_N_ATT_{name}"));
        file.line("LABSA", name).line("TYPSA", kind);
    }
    file.end()
}

fn scheme(lot: &str) -> Vec<u8> {
    let mut file = File::new(&format!("{lot}SE.SCD"));
    for (class, kind, attributes) in CLASSES {
        file.record("OBJ", class);
        // GDAL asks for it, our reader does not.
        file.line("DIPCP", &format!("{lot};SeNM;DID;ID_N_OBJ_{class}")).line("KNDSA", kind);
        for attribute in *attributes {
            file.line("AAPCP", &format!("{lot};SeSD;ATT;{attribute}"));
        }
    }
    for (attribute, name, _) in ATTRIBUTES {
        file.record("ATT", attribute);
        file.line("DIPCP", &format!("{lot};SeNM;DIA;ID_N_ATT_{name}"));
    }
    for (relation, kind) in
        [("ID_S_RCO_FAC_GCHE", "LPO"), ("ID_S_RCO_FAC_DRTE", "RPO"), ("ID_S_RCO_IDB", "IDB")]
    {
        file.record("REL", relation).line("KNDSA", kind);
    }
    file.end()
}

/// One `.VEC`, which references call by the name of its subset.
struct Vectors<'l> {
    lot: &'l str,
    subset: &'l str,
    file: File,
    links: usize,
}

impl<'l> Vectors<'l> {
    fn new(lot: &'l str, subset: &'l str, name: &str) -> Self {
        Self { lot, subset, file: File::new(&format!("{lot}{name}.VEC")), links: 0 }
    }

    fn reference(&self, kind: &str, id: &str) -> String {
        format!("{};{};{kind};{id}", self.lot, self.subset)
    }

    fn node(&mut self, id: &str, x: f64, y: f64) {
        self.file.record("PNO", id).line("TYPSN", "2");
        self.file.line("CORCC", &format!("{x:+.2};{y:+.2};"));
    }

    /// An arc and the faces left and right of it.
    fn arc(&mut self, id: &str, at: &[(f64, f64)], left: Option<&str>, right: Option<&str>) {
        self.file.record("PAR", id).line("TYPSN", "1").line("PTCSN", &at.len().to_string());
        for (x, y) in at {
            self.file.line("CORCC", &format!("{x:+.2};{y:+.2};"));
        }
        for (face, relation) in [(left, "ID_S_RCO_FAC_GCHE"), (right, "ID_S_RCO_FAC_DRTE")] {
            if let Some(face) = face {
                self.link(relation, ("PAR", id), &[("PFE", face)]);
            }
        }
    }

    fn face(&mut self, id: &str) {
        self.file.record("PFE", id).line("ATCSN", "0");
    }

    fn object(
        &mut self,
        id: &str,
        class: &str,
        values: &[(&str, &str, &str)],
        by: &[(&str, &str)],
    ) {
        self.file.record("FEA", id).line("SCPCP", &format!("{};SeSD;OBJ;{class}", self.lot));
        for (attribute, format, value) in values {
            self.file.line("ATPCP", &format!("{};SeSD;ATT;{attribute}", self.lot));
            if *format == "ST" {
                self.file.line("TEXT ", "8859-1");
            }
            self.file.line(&format!("ATV{format}"), value);
        }
        self.file.line("QAPCP", &format!("{};SeQL;QUP;Q_1", self.lot));
        if !by.is_empty() {
            self.link("ID_S_RCO_IDB", ("FEA", id), by);
        }
    }

    fn link(&mut self, relation: &str, from: (&str, &str), to: &[(&str, &str)]) {
        self.links += 1;
        self.file.record("LNK", &format!("L_{}", self.links));
        self.file.line("SCPCP", &format!("{};SeSD;REL;{relation}", self.lot));
        self.file.line("FTCSN", &(to.len() + 1).to_string());
        for (kind, id) in std::iter::once(&from).chain(to) {
            let reference = self.reference(kind, id);
            self.file.line("FTPCP", &reference);
        }
    }
}

/// ```text
///  (0,8) ┌────────┬────────┐ (16,8)     ┌──┐  ┌──┐
///        │  ┌──┐  │        │            │ 4│  │ 4│
///        │ 1│ 3│  │   2    │            └──┘  └──┘
///        │  └──┘  │        │
///  (0,0) └────────┴────────┘ (16,0)
/// ```
fn topology(lot: &str) -> Vec<u8> {
    let mut vec = Vectors::new(lot, "SeTOP_1", "T1");
    for face in ["F_0", "F_1", "F_2", "F_3", "F_4", "F_5"] {
        vec.face(face);
    }
    let parcel = |number: u8| format!("354000AB{number:04}");
    let one = [("F_1", 64.0 - 4.0), ("F_2", 64.0), ("F_3", 4.0)];
    for (at, (face, area)) in one.iter().enumerate() {
        let (number, area) = (u8::try_from(at + 1).unwrap(), format!("{area:+.0}."));
        let values = [("SUPF_id", "SR", area.as_str()), ("IDU_id", "ST", &parcel(number))];
        vec.object(&format!("O_{number}"), "PARCELLE_id", &values, &[("PFE", face)]);
    }
    vec.object(
        "O_4",
        "PARCELLE_id",
        &[("IDU_id", "ST", &parcel(4))],
        &[("PFE", "F_4"), ("PFE", "F_5")],
    );
    let section = [("PFE", "F_1"), ("PFE", "F_2")];
    vec.object("O_5", "SECTION_id", &[("IDU_id", "ST", "354000AB")], &section);
    // The outline of 1 in two arcs, one of them against the direction of the other.
    vec.arc("A_1", &[(8.0, 8.0), (0.0, 8.0), (0.0, 0.0)], Some("F_1"), Some("F_0"));
    vec.arc("A_2", &[(8.0, 0.0), (0.0, 0.0)], Some("F_0"), Some("F_1"));
    vec.arc("A_3", &[(8.0, 0.0), (8.0, 8.0)], Some("F_1"), Some("F_2"));
    let two = [(8.0, 0.0), (16.0, 0.0), (16.0, 8.0), (8.0, 8.0)];
    vec.arc("A_4", &two, Some("F_2"), Some("F_0"));
    let three = [(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0), (2.0, 2.0)];
    vec.arc("A_5", &three, Some("F_3"), Some("F_1"));
    let four = |x: f64| [(x, 0.0), (x, 2.0), (x + 2.0, 2.0), (x + 2.0, 0.0), (x, 0.0)];
    vec.arc("A_6", &four(20.0), Some("F_0"), Some("F_4"));
    vec.arc("A_7", &four(24.0), Some("F_0"), Some("F_5"));
    // A border with the same face on both sides.
    vec.arc("A_8", &[(9.0, 1.0), (10.0, 1.0)], Some("F_2"), Some("F_2"));
    vec.file.end()
}

fn spaghetti(lot: &str) -> Vec<u8> {
    let mut vec = Vectors::new(lot, "SeSPA_1", "S1");
    let commune = [("TEX2_id", "ST", "L'ISLE-EN-DODON (ÉTÉ)"), ("IDU_id", "ST", "354")];
    vec.object("O_6", "COMMUNE_id", &commune, &[("PFE", "F_6")]);
    vec.face("F_6");
    // Clockwise, although the face is said to lie on its left: so the DGFiP does.
    let around = [(-1.0, -1.0), (-1.0, 9.0), (30.0, 9.0), (30.0, -1.0), (-1.0, -1.0)];
    vec.arc("A_10", &around, Some("F_6"), None);
    vec.face("F_7");
    let walls = [(5.0, 5.0), (7.0, 5.0), (7.0, 6.0), (5.0, 6.0), (5.0, 5.0)];
    vec.arc("A_11", &walls, Some("F_7"), None);
    vec.object("O_7", "BATIMENT_id", &[("DUR_id", "SA", "01")], &[("PFE", "F_7")]);
    vec.arc("A_12", &[(0.0, 0.0), (3.0, 4.0)], None, None);
    vec.arc("A_13", &[(3.0, 4.0), (3.0, 5.0)], None, None);
    vec.object("O_8", "TLINE_id", &[], &[("PAR", "A_12")]);
    vec.object("O_9", "TLINE_id", &[], &[("PAR", "A_12"), ("PAR", "A_13")]);
    vec.node("N_1", 8.0, 8.0);
    vec.object("O_10", "BORNE_id", &[], &[("PNO", "N_1")]);
    vec.object("O_11", "BORNE_id", &[], &[]);
    vec.file.end()
}
