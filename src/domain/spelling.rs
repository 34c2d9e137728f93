//! Words as they are compared, whoever wrote them.

/// Lower case without accents, for comparing words: `Friche Ferroviaire à Étudier` → `friche ferroviaire a etudier`.
#[must_use]
pub fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            '’' => '\'',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_are_compared_without_accents_or_case() {
        assert_eq!(plain("Zone d’activité économique "), "zone d'activite economique");
    }
}
