//! The request that `gisement request --new` writes: every key shown and explained.

use crate::words::Lang;

/// The text of a request to start from; it is one as it stands.
#[must_use]
pub fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => include_str!("../../data/request/demande.fr.toml"),
        Lang::En => include_str!("../../data/request/request.en.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::template;
    use crate::request::LandRequest;
    use crate::words::Lang;

    #[test]
    fn both_templates_are_requests_and_ask_the_same() {
        let french = LandRequest::from_toml(template(Lang::Fr)).unwrap();
        let english = LandRequest::from_toml(template(Lang::En)).unwrap();
        assert_eq!(french.musts.len(), 2);
        let named = LandRequest { name: french.name.clone(), ..english };
        let labels = |request: &LandRequest| {
            request.musts.iter().map(|must| must.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(labels(&french), labels(&named));
        assert_eq!(
            (french.min_m2, french.near, french.kinds),
            (named.min_m2, named.near, named.kinds)
        );
    }
}
