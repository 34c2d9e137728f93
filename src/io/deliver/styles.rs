//! What a layer looks like: the files of `styles/`, filled with words and column titles.

use quick_xml::escape::escape;

use super::layer::Field;
use crate::words::Words;

/// How a layer looks, for QGIS and for the rest of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// QGIS QML, with a place left for what the columns say.
    qml: String,
    /// OGC SLD 1.1.
    pub sld: String,
}

impl Style {
    /// The QML of a layer with these columns: aliases, drop-down lists, hidden columns.
    #[must_use]
    pub fn qml(&self, fields: &[Field]) -> String {
        self.qml.replace("{aliases}", &aliases(fields))
    }
}

macro_rules! styles {
    ($($name:literal),* $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../../../styles/", $name, ".qml")),
            include_str!(concat!("../../../styles/", $name, ".sld")),
        ),)*]
    };
}

/// Name, QML and SLD of every style.
const STYLES: &[(&str, &str, &str)] = styles![
    "anomalies",
    "communes",
    "communes_points",
    "economic_zones",
    "etablissement",
    "friches",
    "friches_point",
    "friches_polygons",
    "friches_surface",
    "housing",
    "housing_epcis",
    "housing_epcis_points",
    "housing_points",
    "isochrones",
    "land_parcels",
    "parcels",
    "potential_friches",
    "request_candidates",
    "request_near_misses",
    "site_eco",
    "terrain_eco",
    "terrain_net",
    "terrains",
    "visits",
    "zoning",
];

/// The style of this name, in the language of `words`. `None` when there is none.
#[must_use]
pub fn style(name: &str, words: &Words) -> Option<Style> {
    let (_, qml, sld) = STYLES.iter().find(|(known, _, _)| *known == name)?;
    Some(Style { qml: worded(qml, words), sld: worded(sld, words) })
}

/// Replaces every `{section.key}` by its text.
fn worded(template: &str, words: &Words) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let tail = &rest[open..];
        let key = tail[1..].split('}').next().unwrap_or_default();
        if words.has(key) {
            text.push_str(&escape(words.say(key)));
            rest = &tail[key.len() + 2..];
        } else {
            text.push('{');
            rest = &tail[1..];
        }
    }
    text.push_str(rest);
    text
}

/// Aliases, drop-down lists and hidden columns, as QGIS 3.22 reads them.
fn aliases(fields: &[Field]) -> String {
    let mut aliases = String::from("<aliases>");
    let mut configuration = String::from("<fieldConfiguration>");
    let mut columns = String::from("<attributetableconfig><columns>");
    for (at, field) in fields.iter().enumerate() {
        let (name, title) = (escape(&field.name), escape(&field.title));
        // Column 0 is the fid, which the delivered layer does not hold.
        aliases
            .push_str(&format!("<alias index=\"{}\" field=\"{name}\" name=\"{title}\"/>", at + 1));
        if !field.values.is_empty() {
            let list: String = field
                .values
                .iter()
                .map(|(code, label)| {
                    format!(
                        "<Option type=\"Map\"><Option type=\"QString\" name=\"{}\" value=\"{}\"/></Option>",
                        escape(label),
                        escape(code)
                    )
                })
                .collect();
            configuration.push_str(&format!(
                "<field name=\"{name}\"><editWidget type=\"ValueMap\"><config><Option type=\"Map\">\
                 <Option type=\"List\" name=\"map\">{list}</Option></Option></config></editWidget></field>"
            ));
        }
        let hidden = u8::from(field.hidden);
        columns.push_str(&format!(
            "<column name=\"{name}\" type=\"field\" hidden=\"{hidden}\" width=\"-1\"/>"
        ));
    }
    format!(
        "{configuration}</fieldConfiguration>{aliases}</aliases>{columns}</columns></attributetableconfig>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::deliver::layer::FieldKind;
    use crate::words::Lang;

    #[test]
    fn every_style_is_filled_and_well_formed_in_both_languages() {
        let field = Field::new("score", "Note <0 à 100> & plus", FieldKind::Integer)
            .with_values(vec![("a".to_owned(), "l'été \"là\"".to_owned())]);
        for lang in [Lang::Fr, Lang::En] {
            let words = Words::new(lang).unwrap();
            for (name, _, _) in STYLES {
                let style = style(name, &words).unwrap();
                let qml = style.qml(std::slice::from_ref(&field));
                for xml in [&qml, &style.sld] {
                    assert!(
                        !xml.contains("{map.")
                            && !xml.contains("{score.")
                            && !xml.contains("{aliases}"),
                        "{name}"
                    );
                    let mut reader = quick_xml::Reader::from_str(xml);
                    loop {
                        if let quick_xml::events::Event::Eof = reader.read_event().unwrap() {
                            break;
                        }
                    }
                }
            }
        }
    }
}
