//! How tight the market of dwellings is: a class of tension for every commune, on one map or on one for each EPCI.

use geo::BoundingRect;
use geo::Geometry;
use geo::Rect;

use super::ground::with_margin;
use super::map::Class;
use super::map::Item;
use super::map::Label;
use super::map::MapLayer;
use super::palette;
use super::plate::Panel;
use super::plate::Plate;
use super::ranking_map::RankingMap;
use super::symbol::Rgba;
use super::symbol::Stroke;
use super::symbol::Symbol;
use crate::domain::Commune;
use crate::domain::EpciArea;
use crate::domain::HousingRules;
use crate::domain::LayerKey;
use crate::domain::Value;
use crate::evaluation::Ranking;
use crate::housing;
use crate::housing::Tension;
use crate::spatial::shape;

/// Communes named in a panel.
const NAMES: usize = 6;

impl RankingMap<'_> {
    /// The communes by class of tension; `None` when the territory has no rules of housing. `among` keeps some of them.
    pub(super) fn tension_layer(&self, among: impl Fn(&Commune) -> bool) -> Option<MapLayer<'_>> {
        let rules = self.territory.housing_rules.as_ref()?;
        let classes = &rules.tension.classes;
        // The tighter the darker: what the eye meets first is where it is tight.
        let colors: Vec<Rgba> = palette::tension(classes.len());
        let line = Stroke::solid(Rgba::WHITE, 0.15);
        let symbol = |color: &Rgba| Symbol::area(color.with_alpha(235), Some(line));
        let mut counts = vec![0_usize; classes.len() + 1];
        let items: Vec<Item<'_>> = self
            .ranking
            .rows
            .iter()
            .filter_map(|row| {
                let commune = self.territory.communes.entities.get(row.unit)?;
                if !among(commune) {
                    return None;
                }
                let tension = housing::tension(&rules.tension, &self.ranking.profile, row);
                let at =
                    tension.class.and_then(|class| classes.iter().position(|one| *one == class));
                let class = at.unwrap_or(classes.len());
                counts[class] += usize::from(self.ground.shows(&commune.geometry));
                Some(Item { geometry: &commune.geometry, class })
            })
            .collect();
        let mut drawn: Vec<Class> = classes
            .iter()
            .zip(&colors)
            .map(|(class, color)| {
                let label = self.words.pick(&class.label.fr, &class.label.en);
                let up_to = self.words.number(class.up_to, 0);
                let text =
                    self.words.fill("housing.class_up_to", &[("class", label), ("up_to", &up_to)]);
                Class::new(text, symbol(color))
            })
            .collect();
        drawn.push(Class::new(self.words.say("map.tension_unknown"), palette::unknown_symbol()));
        let classes = drawn.into_iter().zip(counts).map(|(class, count)| class.counted(count));
        Some(MapLayer {
            title: self.words.fill(
                "map.tension_classes",
                &[("profile", &self.ranking.profile.id), ("rules", &self.rules_told(rules))],
            ),
            in_legend: true,
            classes: classes.collect(),
            items,
        })
    }

    /// The name of the rules: a file of the territory's own says so.
    fn rules_told(&self, rules: &HousingRules) -> String {
        if rules.is_of_territory {
            self.words.fill("housing.rules_of_territory", &[("rules", &rules.id)])
        } else {
            rules.id.clone()
        }
    }

    /// A small map for each EPCI, the tightest first, by the ranking of EPCIs.
    #[must_use]
    pub fn plate<'m>(&'m self, epcis: &'m Ranking) -> Plate<'m> {
        let mut page = self.map();
        let words = self.words;
        page.labels.clear();
        page.title = words.say("map.multiples_title").to_owned();
        let rules = self.territory.housing_rules.as_ref();
        let areas = self.territory.epci_areas.as_ref().map(|layer| &layer.entities[..]);
        let mut told: Vec<(&EpciArea, Option<Tension>)> = epcis
            .rows
            .iter()
            .filter_map(|row| {
                let tension =
                    rules.map(|rules| housing::tension(&rules.tension, &epcis.profile, row));
                Some((areas?.get(row.unit)?, tension))
            })
            .collect();
        let index = |tension: &Option<Tension>| {
            tension.as_ref().and_then(|one| one.index).unwrap_or(f64::NEG_INFINITY)
        };
        told.sort_by(|a, b| {
            index(&b.1).total_cmp(&index(&a.1)).then_with(|| a.0.siren().cmp(&b.0.siren()))
        });
        let panels: Vec<Panel<'m>> = told
            .into_iter()
            .filter_map(|(epci, tension)| self.panel(epci, tension.as_ref()))
            .collect();
        // The legend has one cell: what the subtitle says is not said again.
        page.legend_title.clear();
        let title = words.say("map.tension_classes_short").to_owned();
        let layer = self.tension_layer(|_| true).map(|layer| MapLayer { title, ..layer });
        page.layers = layer.into_iter().collect();
        Plate { page, panels }
    }

    fn panel<'m>(&'m self, epci: &'m EpciArea, tension: Option<&Tension>) -> Option<Panel<'m>> {
        let frame = with_margin(frame(self, epci)?);
        let is_own = |commune: &Commune| epci.communes.contains(&commune.insee);
        let mut layers = vec![MapLayer { in_legend: false, ..self.ground.communes() }];
        layers.extend(self.tension_layer(is_own));
        layers.extend(self.ground.roads());
        let mut communes: Vec<&Commune> =
            self.territory.communes.entities.iter().filter(|one| is_own(one)).collect();
        communes.sort_by_key(|commune| (std::cmp::Reverse(commune.population), commune.insee));
        let labels = communes
            .into_iter()
            .take(NAMES)
            .enumerate()
            .filter_map(|(at, commune)| {
                let mut label =
                    Label::new(shape::representative_point(&commune.geometry)?, &*commune.name);
                label.size_pt = 6.0;
                label.priority = -(at as i32);
                Some(label)
            })
            .collect();
        let words = self.words;
        let class = tension.map_or_else(
            || words.say("product.unknown").to_owned(),
            |tension| tension.in_words(words),
        );
        let count = |column: &str| self.count(epci, column);
        let note = words.fill(
            "map.panel_note",
            &[
                ("class", &class),
                ("vacant", &count("vacant_2y")),
                ("mobilisable", &count("mobilisable")),
            ],
        );
        Some(Panel { title: epci.epci.name.clone(), note, frame, layers, labels })
    }

    fn count(&self, epci: &EpciArea, column: &str) -> String {
        let words = self.words;
        let table = self.territory.tables.get(LayerKey::HOUSING);
        let number = |number: f64| words.number(number, 0);
        match table.map(|table| table.value_of_epci(epci.siren(), column)) {
            Some(Value::Number(exact)) => number(exact),
            Some(Value::Between { low, high }) if high.is_finite() => {
                format!("{}–{}", number(low), number(high))
            }
            Some(Value::Between { low, .. }) => format!("≥ {}", number(low)),
            _ => words.say("product.unknown").to_owned(),
        }
    }
}

/// The extent of the communes of an EPCI.
fn frame(map: &RankingMap<'_>, epci: &EpciArea) -> Option<Rect<f64>> {
    let communes = map.territory.communes.entities.iter();
    let shapes = communes
        .filter(|commune| epci.communes.contains(&commune.insee))
        .map(|commune| &commune.geometry);
    shapes.filter_map(Geometry::bounding_rect).reduce(|a, b| {
        Rect::new(
            (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
            (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
        )
    })
}
