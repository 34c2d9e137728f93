//! What QGIS and other readers show beside the data: styles, titles, value lists, metadata.

use quick_xml::escape::escape;
use rusqlite::Connection;
use rusqlite::params;

use super::GEOMETRY_COLUMN;
use crate::io::deliver::DeliveryInfo;
use crate::io::deliver::layer::DeliveredLayer;

/// One default style per layer. QGIS compares `f_table_schema` with '': NULL would silently hide the style.
pub(super) fn styles(
    connection: &Connection,
    layers: &[DeliveredLayer],
    info: &DeliveryInfo,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) \
         VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?1, 0)",
        params![info.timestamp],
    )?;
    let mut insert = connection.prepare(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, \
         styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) \
         VALUES ('', '', ?1, ?2, ?3, ?4, ?5, 1, ?6, '', NULL, ?7)",
    )?;
    for layer in layers {
        let Some(style) = layer.style() else { continue };
        let name: String = layer.title().chars().take(30).collect();
        insert.execute(params![
            layer.name(),
            GEOMETRY_COLUMN,
            name,
            style.qml(layer.fields()),
            style.sld,
            layer.description(),
            info.timestamp
        ])?;
    }
    Ok(())
}

/// Titles of columns, and the labels of codes (extension gpkg_schema).
pub(super) fn columns(connection: &Connection, layers: &[DeliveredLayer]) -> rusqlite::Result<()> {
    let mut column = connection
        .prepare("INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?4, NULL, NULL, ?5)")?;
    let mut value = connection.prepare(
        "INSERT INTO gpkg_data_column_constraints VALUES (?1, 'enum', ?2, NULL, NULL, NULL, NULL, ?3)",
    )?;
    for layer in layers {
        for field in layer.fields() {
            let constraint =
                (!field.values.is_empty()).then(|| format!("{}_{}", layer.name(), field.name));
            column.execute(params![
                layer.name(),
                field.name,
                field.name,
                field.title,
                constraint
            ])?;
            for (code, label) in constraint.iter().flat_map(|_| &field.values) {
                value.execute(params![constraint, code, label])?;
            }
        }
    }
    Ok(())
}

/// One ISO 19139 record for the whole file.
pub(super) fn metadata(connection: &Connection, info: &DeliveryInfo) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://www.isotc211.org/2005/gmd', 'text/xml', ?1)",
        params![iso_19139(info)],
    )?;
    connection.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?1, 1, NULL)",
        params![info.timestamp],
    )?;
    Ok(())
}

/// A minimal ISO 19139 record: title, abstract, date, licence, lineage with the sources.
fn iso_19139(info: &DeliveryInfo) -> String {
    let text = |tag: &str, content: &str| {
        format!(
            "<gmd:{tag}><gco:CharacterString>{}</gco:CharacterString></gmd:{tag}>",
            escape(content)
        )
    };
    let day = info.timestamp.get(..10).unwrap_or_default();
    let lineage = format!("{}. Sources : {}.", info.lineage, info.sources.join(" ; "));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gmd:MD_Metadata xmlns:gmd=\"http://www.isotc211.org/2005/gmd\" xmlns:gco=\"http://www.isotc211.org/2005/gco\">\
         <gmd:language><gco:CharacterString>{language}</gco:CharacterString></gmd:language>\
         <gmd:hierarchyLevel><gmd:MD_ScopeCode codeList=\"#MD_ScopeCode\" codeListValue=\"dataset\"/></gmd:hierarchyLevel>\
         <gmd:dateStamp><gco:Date>{day}</gco:Date></gmd:dateStamp>\
         <gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>{title}\
         <gmd:date><gmd:CI_Date><gmd:date><gco:Date>{day}</gco:Date></gmd:date>\
         <gmd:dateType><gmd:CI_DateTypeCode codeList=\"#CI_DateTypeCode\" codeListValue=\"revision\"/></gmd:dateType>\
         </gmd:CI_Date></gmd:date></gmd:CI_Citation></gmd:citation>{about}\
         <gmd:resourceConstraints><gmd:MD_LegalConstraints>{licence}</gmd:MD_LegalConstraints></gmd:resourceConstraints>\
         </gmd:MD_DataIdentification></gmd:identificationInfo>\
         <gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:lineage><gmd:LI_Lineage>{lineage}</gmd:LI_Lineage></gmd:lineage>\
         </gmd:DQ_DataQuality></gmd:dataQualityInfo></gmd:MD_Metadata>",
        language = if info.language == "en" { "eng" } else { "fre" },
        title = text("title", &info.title),
        about = text("abstract", &info.abstract_),
        licence = text("useLimitation", &info.licence),
        lineage = text("statement", &lineage),
    )
}
