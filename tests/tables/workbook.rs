//! Spreadsheets, as small as they may be.

use std::fmt::Write as _;
use std::io::Cursor;
use std::io::Write as _;

use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// One cell: a number where the text is one and has no leading zero, else text; blank cells are left out.
fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok() && (text == "0" || text.starts_with("0.") || !text.starts_with('0'))
}

/// The letters of a column.
fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap()));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

/// A zip file of the given entries.
pub fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let method = if *name == "mimetype" {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A sheet: its name and rows. `None` rows are blank.
pub type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

/// The XML of one xlsx sheet, with texts shared as Excel does.
fn xlsx_sheet(rows: &[&[&str]], shared: &mut Vec<String>) -> String {
    let mut data = String::new();
    for (row, cells) in rows.iter().enumerate() {
        if cells.is_empty() {
            continue;
        }
        write!(data, "<row r=\"{}\">", row + 1).unwrap();
        for (column, text) in cells.iter().enumerate() {
            let place = format!("{}{}", letters(column), row + 1);
            if text.is_empty() {
                write!(data, "<c r=\"{place}\" s=\"0\"/>").unwrap();
            } else if is_number(text) {
                write!(data, "<c r=\"{place}\"><v>{text}</v></c>").unwrap();
            } else {
                let at = shared.iter().position(|known| known == text).unwrap_or_else(|| {
                    shared.push((*text).to_owned());
                    shared.len() - 1
                });
                write!(data, "<c r=\"{place}\" t=\"s\"><v>{at}</v></c>").unwrap();
            }
        }
        data += "</row>";
    }
    data
}

/// An xlsx workbook.
pub fn xlsx(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut shared = Vec::new();
    let sheets: Vec<(&str, String)> =
        sheets.iter().map(|(name, rows)| (*name, xlsx_sheet(rows, &mut shared))).collect();
    xlsx_of(&sheets, &shared)
}

/// An xlsx workbook of sheets whose rows are given as XML.
pub fn xlsx_of(sheets: &[(&str, String)], shared: &[String]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut book = String::new();
    let mut links = String::new();
    let mut entries: Vec<(String, String)> = Vec::new();
    for (at, (name, data)) in sheets.iter().enumerate() {
        let id = at + 1;
        write!(book, "<sheet name=\"{}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>", escaped(name))
            .unwrap();
        write!(
            links,
            "<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
        )
        .unwrap();
        entries.push((
            format!("xl/worksheets/sheet{id}.xml"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{data}</sheetData></worksheet>"
            ),
        ));
    }
    let id = sheets.len() + 1;
    write!(
        links,
        "<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    )
    .unwrap();
    let texts: String =
        shared.iter().map(|text| format!("<si><t>{}</t></si>", escaped(text))).collect();
    for (name, content) in [
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{book}</sheets></workbook>"),
        ),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{links}</Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{texts}</sst>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
                .to_owned(),
        ),
    ] {
        entries.push((name.to_owned(), content));
    }
    let entries: Vec<(&str, &str)> =
        entries.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    zip(&entries)
}

/// An ods workbook.
pub fn ods(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut tables = String::new();
    for (name, rows) in sheets {
        let mut data = String::new();
        for cells in *rows {
            data += "<table:table-row>";
            for text in *cells {
                data += &match text {
                    &"" => "<table:table-cell/>".to_owned(),
                    text if is_number(text) => format!(
                        "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
                    ),
                    text => format!(
                        "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                        text.replace('&', "&amp;")
                    ),
                };
            }
            // As LibreOffice fills a row and a sheet up.
            data += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>";
        }
        data += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        write!(tables, "<table:table table:name=\"{name}\">{data}</table:table>").unwrap();
    }
    ods_of(&tables)
}

/// An ods workbook of tables given as XML.
pub fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ])
}
