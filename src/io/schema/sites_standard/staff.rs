//! Code lists of SIRENE (INSEE) that the standard wants in words.

/// The label of a staff bracket of SIRENE, by its code with or without its zero.
#[must_use]
pub fn staff_label(code: &str) -> Option<&'static str> {
    Some(match format!("{:0>2}", code.trim().to_ascii_uppercase()).as_str() {
        "NN" => "non employeur",
        "00" => "0 salarié",
        "01" => "1 ou 2 salariés",
        "02" => "3 à 5 salariés",
        "03" => "6 à 9 salariés",
        "11" => "10 à 19 salariés",
        "12" => "20 à 49 salariés",
        "21" => "50 à 99 salariés",
        "22" => "100 à 199 salariés",
        "31" => "200 à 249 salariés",
        "32" => "250 à 499 salariés",
        "41" => "500 à 999 salariés",
        "42" => "1 000 à 1 999 salariés",
        "51" => "2 000 à 4 999 salariés",
        "52" => "5 000 à 9 999 salariés",
        "53" => "10 000 salariés et plus",
        _ => return None,
    })
}

/// The standard's word for a code of quality of INSEE's geolocated SIRENE (`qualite_xy`); `None` for what is no such code.
#[must_use]
pub fn place_quality_word(code: &str) -> Option<&'static str> {
    Some(match code.trim() {
        "11" | "21" => "localisation à la plaque adresse",
        "12" | "22" => "localisation à la rue (sans numéro)",
        "33" => "localisation à la commune",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_words_with_and_without_zeros() {
        assert_eq!(staff_label("3"), Some("6 à 9 salariés"));
        assert_eq!(staff_label("03"), Some("6 à 9 salariés"));
        assert_eq!(staff_label("nn"), Some("non employeur"));
        assert_eq!(staff_label("99"), None);
        assert_eq!(place_quality_word("33"), Some("localisation à la commune"));
        assert_eq!(place_quality_word("localisation au bâtiment"), None);
    }
}
