//! The criteria of the algorithm: published name, form of the answer, unit.

use std::fmt;

/// In what unit a number is answered. The thresholds of a grid may be published in another one; it converts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberUnit {
    /// Square metres.
    SquareMeters,
    /// Metres.
    Meters,
    /// Percent, 0 to 100.
    Percent,
}

impl NumberUnit {
    /// Whether a number can be an answer: finite, not negative, a percentage not above 100.
    #[must_use]
    pub fn allows(self, number: f64) -> bool {
        number.is_finite() && number >= 0.0 && (self != Self::Percent || number <= 100.0)
    }

    /// The symbol: `m²`, `m`, `%`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::SquareMeters => "m²",
            Self::Meters => "m",
            Self::Percent => "%",
        }
    }
}

/// What an answer to a criterion looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A number.
    Number(NumberUnit),
    /// Yes or no.
    Flag,
    /// One of these words, over all published versions, with those that the published enrichment can answer and no version
    /// gives points for.
    Words(&'static [&'static str]),
}

/// A criterion of the algorithm, in any of its published versions. In the order of the published weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CriterionKey {
    /// Area of the site, m².
    SurfaceSite,
    /// Footprint of the buildings, m².
    SurfaceBati,
    /// Whether the site is in a town or village centre.
    SiteEnCentreVille,
    /// Distance by road to the nearest motorway entrance, metres.
    DistanceAutoroute,
    /// Distance to the nearest stop of public transport, metres.
    DistanceTransportCommun,
    /// Whether shops and services are near.
    ProximiteCommercesServices,
    /// Distance to the electricity network, metres.
    DistanceRaccordementElectrique,
    /// Vacant dwellings of the commune, percent.
    TauxLogementsVacants,
    /// Shrinking and swelling of clay.
    RisqueRetraitGonflementArgile,
    /// Underground cavities.
    RisqueCavitesSouterraines,
    /// Floods.
    RisqueInondation,
    /// Whether there are technological hazards.
    PresenceRisquesTechnologiques,
    /// Protected nature.
    ZonageEnvironnemental,
    /// Zone of the planning document.
    ZonageReglementaire,
    /// Protected heritage.
    ZonagePatrimonial,
    /// Zone of acceleration (or exclusion) of renewable energy.
    ZoneAccelerationEnr,
    /// Tension of the housing market, zones A to C.
    ZonageAbcLogement,
    /// Rail siding and its state.
    DistanceIte,
    /// Kind of owner.
    TypeProprietaire,
    /// Connection to water; derived from the buildings when not stated.
    RaccordementEau,
    /// State of the buildings.
    EtatBatiInfrastructure,
    /// Pollution.
    PresencePollution,
    /// Architectural and historical value.
    ValeurArchitecturaleHistorique,
    /// Quality of the landscape.
    QualitePaysage,
    /// Quality of the access road.
    QualiteVoieDesserte,
    /// Green and blue network.
    TrameVerteEtBleue,
    /// Protected species.
    PresenceEspecesProtegees,
    /// Wetland.
    PresenceZoneHumide,
    /// Distance to the heat network, metres; from v1.13.
    DistanceReseauChaleur,
    /// Whether the site is in a priority urban district; from v1.14.
    SiteEnQpv,
    /// Whether the electricity network is saturated; from v1.15.
    SaturationReseauEnr,
    /// Whether the site is in an economic activity zone; from v1.18.
    SiteEnZae,
}

impl CriterionKey {
    /// All criteria.
    pub const ALL: [Self; 32] = [
        Self::SurfaceSite,
        Self::SurfaceBati,
        Self::SiteEnCentreVille,
        Self::DistanceAutoroute,
        Self::DistanceTransportCommun,
        Self::ProximiteCommercesServices,
        Self::DistanceRaccordementElectrique,
        Self::TauxLogementsVacants,
        Self::RisqueRetraitGonflementArgile,
        Self::RisqueCavitesSouterraines,
        Self::RisqueInondation,
        Self::PresenceRisquesTechnologiques,
        Self::ZonageEnvironnemental,
        Self::ZonageReglementaire,
        Self::ZonagePatrimonial,
        Self::ZoneAccelerationEnr,
        Self::ZonageAbcLogement,
        Self::DistanceIte,
        Self::TypeProprietaire,
        Self::RaccordementEau,
        Self::EtatBatiInfrastructure,
        Self::PresencePollution,
        Self::ValeurArchitecturaleHistorique,
        Self::QualitePaysage,
        Self::QualiteVoieDesserte,
        Self::TrameVerteEtBleue,
        Self::PresenceEspecesProtegees,
        Self::PresenceZoneHumide,
        Self::DistanceReseauChaleur,
        Self::SiteEnQpv,
        Self::SaturationReseauEnr,
        Self::SiteEnZae,
    ];

    /// The published name, such as `surfaceSite`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SurfaceSite => "surfaceSite",
            Self::SurfaceBati => "surfaceBati",
            Self::SiteEnCentreVille => "siteEnCentreVille",
            Self::DistanceAutoroute => "distanceAutoroute",
            Self::DistanceTransportCommun => "distanceTransportCommun",
            Self::ProximiteCommercesServices => "proximiteCommercesServices",
            Self::DistanceRaccordementElectrique => "distanceRaccordementElectrique",
            Self::TauxLogementsVacants => "tauxLogementsVacants",
            Self::RisqueRetraitGonflementArgile => "risqueRetraitGonflementArgile",
            Self::RisqueCavitesSouterraines => "risqueCavitesSouterraines",
            Self::RisqueInondation => "risqueInondation",
            Self::PresenceRisquesTechnologiques => "presenceRisquesTechnologiques",
            Self::ZonageEnvironnemental => "zonageEnvironnemental",
            Self::ZonageReglementaire => "zonageReglementaire",
            Self::ZonagePatrimonial => "zonagePatrimonial",
            Self::ZoneAccelerationEnr => "zoneAccelerationEnr",
            Self::ZonageAbcLogement => "zonageAbcLogement",
            Self::DistanceIte => "distanceIte",
            Self::TypeProprietaire => "typeProprietaire",
            Self::RaccordementEau => "raccordementEau",
            Self::EtatBatiInfrastructure => "etatBatiInfrastructure",
            Self::PresencePollution => "presencePollution",
            Self::ValeurArchitecturaleHistorique => "valeurArchitecturaleHistorique",
            Self::QualitePaysage => "qualitePaysage",
            Self::QualiteVoieDesserte => "qualiteVoieDesserte",
            Self::TrameVerteEtBleue => "trameVerteEtBleue",
            Self::PresenceEspecesProtegees => "presenceEspecesProtegees",
            Self::PresenceZoneHumide => "presenceZoneHumide",
            Self::DistanceReseauChaleur => "distanceReseauChaleur",
            Self::SiteEnQpv => "siteEnQpv",
            Self::SaturationReseauEnr => "saturationReseauEnr",
            Self::SiteEnZae => "siteEnZae",
        }
    }

    /// The criterion of a published name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == name)
    }

    /// The form of an answer.
    #[must_use]
    pub fn form(self) -> Form {
        match self {
            Self::SurfaceSite | Self::SurfaceBati => Form::Number(NumberUnit::SquareMeters),
            Self::SiteEnCentreVille
            | Self::ProximiteCommercesServices
            | Self::PresenceRisquesTechnologiques
            | Self::SiteEnQpv
            | Self::SaturationReseauEnr
            | Self::SiteEnZae => Form::Flag,
            Self::DistanceAutoroute
            | Self::DistanceTransportCommun
            | Self::DistanceRaccordementElectrique
            | Self::DistanceReseauChaleur => Form::Number(NumberUnit::Meters),
            Self::TauxLogementsVacants => Form::Number(NumberUnit::Percent),
            Self::RisqueRetraitGonflementArgile => {
                Form::Words(&["aucun", "faible-ou-moyen", "fort"])
            }
            Self::RisqueCavitesSouterraines | Self::RisqueInondation => {
                Form::Words(&["non", "oui"])
            }
            Self::ZonageEnvironnemental => Form::Words(&[
                "hors-zone",
                "reserve-naturelle",
                "parc-naturel-national",
                "parc-naturel-regional",
                "natura-2000",
                "znieff-type-1-2",
                "proximite-zone",
            ]),
            Self::ZonageReglementaire => Form::Words(&[
                "zone-urbaine-u",
                "zone-urbaine-u-habitat",
                "zone-urbaine-u-equipement",
                "zone-urbaine-u-activite",
                "zone-a-urbaniser-au",
                "zone-vocation-activites",
                "secteur-ouvert-a-la-construction",
                "secteur-reglement-urbanisme",
                "secteur-non-ouvert-a-la-construction",
                "zone-agricole-a",
                "zone-naturelle-n",
            ]),
            Self::ZonagePatrimonial => Form::Words(&[
                "non-concerne",
                "site-inscrit-classe",
                "perimetre-abf",
                "monument-historique",
                "zppaup",
                "avap",
                "spr",
            ]),
            Self::ZoneAccelerationEnr => {
                Form::Words(&["non", "oui", "oui-solaire-pv-ombriere", "exclusion"])
            }
            Self::ZonageAbcLogement => Form::Words(&["abis", "a", "b1", "b2", "c"]),
            Self::DistanceIte => {
                Form::Words(&["moins-1km-bon-etat", "moins-1km-mauvais-etat", "plus-1km"])
            }
            Self::TypeProprietaire => {
                Form::Words(&["public", "prive", "copro-indivision", "mixte"])
            }
            Self::RaccordementEau | Self::PresenceEspecesProtegees | Self::PresenceZoneHumide => {
                Form::Words(&["oui", "non"])
            }
            Self::EtatBatiInfrastructure => Form::Words(&[
                "degradation-inexistante",
                "degradation-faible",
                "degradation-tres-importante",
                "degradation-moyenne",
                "degradation-heterogene",
                "pas-de-bati",
            ]),
            Self::PresencePollution => Form::Words(&[
                "non",
                "deja-geree",
                "oui-composes-volatils",
                "oui-autres-composes",
                "oui-amiante",
            ]),
            Self::ValeurArchitecturaleHistorique => {
                Form::Words(&["sans-interet", "ordinaire", "interet-remarquable", "pas-de-bati"])
            }
            Self::QualitePaysage => {
                Form::Words(&["sans-interet", "ordinaire", "interet-remarquable"])
            }
            Self::QualiteVoieDesserte => Form::Words(&["accessible", "degradee", "peu-accessible"]),
            Self::TrameVerteEtBleue => Form::Words(&[
                "hors-trame",
                "reservoir-biodiversite",
                "corridor-a-preserver",
                "corridor-a-restaurer",
            ]),
        }
    }
}

impl fmt::Display for CriterionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
