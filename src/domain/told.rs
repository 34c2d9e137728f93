//! The errors of this room as sentences of the catalogue.

use crate::domain::BadCode;
use crate::domain::ReferenceError;
use crate::words::Tell;
use crate::words::Told;

impl Tell for BadCode {
    fn told(&self) -> Told {
        Told::new("error_code.bad-code")
            .with("value", &self.value)
            .with_phrase("what", self.what)
            .with_phrase("expected", self.expected)
    }
}

impl Tell for ReferenceError {
    fn told(&self) -> Told {
        match self {
            Self::Row { row, text } => {
                Told::new("error_reference.row").with("row", row).with("text", text)
            }
            Self::Code(code) => code.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CodeInsee;
    use crate::domain::Idu;
    use crate::domain::Siren;
    use crate::words::Lang;
    use crate::words::Words;
    use crate::words::assert_told;

    #[test]
    fn every_error_is_told() {
        let code = "1004".parse::<CodeInsee>().unwrap_err();
        assert_told("error_code", std::slice::from_ref(&code));
        let row = ReferenceError::Row { row: 3, text: "a,b".to_owned() };
        assert_told("error_reference", &[row, ReferenceError::Code(code)]);
    }

    #[test]
    fn a_malformed_code_is_told_in_french() {
        let french = Words::new(Lang::Fr).unwrap();
        let codes = [
            "1004".parse::<CodeInsee>().unwrap_err(),
            "20003472X".parse::<Siren>().unwrap_err(),
            "82112".parse::<Idu>().unwrap_err(),
        ];
        assert_eq!(
            codes.map(|code| french.tell(&code.told())),
            [
                "« 1004 » n'est pas un code INSEE de commune valide ; il faut cinq caractères, comme 82112 ou 2A004",
                "« 20003472X » n'est pas un numéro SIREN valide ; il faut neuf chiffres, comme 200066322",
                "« 82112 » n'est pas un identifiant de parcelle (idu) valide ; il faut 14 caractères, comme 82112000AB0123",
            ]
        );
    }
}
