//! What the user found out about friches on the spot: one row per visit, columns called as the criteria of Mutafriches.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// The user's file of visits: a table, or a layer edited in QGIS whose shapes are not looked at. Free remarks are not read: they
/// may name people.
pub(super) const VISITS: Schema = Schema {
    id: "visites-friches",
    layer: "field_visits",
    source: "Visites de terrain",
    columns: &[
        Column { ours: "id", theirs: &["site_id", "id"] },
        Column { ours: "day", theirs: &["visite_date", "date_visite"] },
        Column { ours: "request_waiting", theirs: &["demande_en_attente"] },
        Column { ours: "surfaceSite", theirs: &["surfaceSite"] },
        Column { ours: "surfaceBati", theirs: &["surfaceBati"] },
        Column { ours: "siteEnCentreVille", theirs: &["siteEnCentreVille"] },
        Column { ours: "distanceAutoroute", theirs: &["distanceAutoroute"] },
        Column { ours: "distanceTransportCommun", theirs: &["distanceTransportCommun"] },
        Column { ours: "proximiteCommercesServices", theirs: &["proximiteCommercesServices"] },
        Column {
            ours: "distanceRaccordementElectrique",
            theirs: &["distanceRaccordementElectrique"],
        },
        Column { ours: "tauxLogementsVacants", theirs: &["tauxLogementsVacants"] },
        Column {
            ours: "risqueRetraitGonflementArgile",
            theirs: &["risqueRetraitGonflementArgile"],
        },
        Column { ours: "risqueCavitesSouterraines", theirs: &["risqueCavitesSouterraines"] },
        Column { ours: "risqueInondation", theirs: &["risqueInondation"] },
        Column {
            ours: "presenceRisquesTechnologiques",
            theirs: &["presenceRisquesTechnologiques"],
        },
        Column { ours: "zonageEnvironnemental", theirs: &["zonageEnvironnemental"] },
        Column { ours: "zonageReglementaire", theirs: &["zonageReglementaire"] },
        Column { ours: "zonagePatrimonial", theirs: &["zonagePatrimonial"] },
        Column { ours: "zoneAccelerationEnr", theirs: &["zoneAccelerationEnr"] },
        Column { ours: "zonageAbcLogement", theirs: &["zonageAbcLogement"] },
        Column { ours: "distanceIte", theirs: &["distanceIte"] },
        Column { ours: "typeProprietaire", theirs: &["typeProprietaire"] },
        Column { ours: "raccordementEau", theirs: &["raccordementEau"] },
        Column { ours: "etatBatiInfrastructure", theirs: &["etatBatiInfrastructure"] },
        Column { ours: "presencePollution", theirs: &["presencePollution"] },
        Column {
            ours: "valeurArchitecturaleHistorique",
            theirs: &["valeurArchitecturaleHistorique"],
        },
        Column { ours: "qualitePaysage", theirs: &["qualitePaysage"] },
        Column { ours: "qualiteVoieDesserte", theirs: &["qualiteVoieDesserte"] },
        Column { ours: "trameVerteEtBleue", theirs: &["trameVerteEtBleue"] },
        Column { ours: "presenceEspecesProtegees", theirs: &["presenceEspecesProtegees"] },
        Column { ours: "presenceZoneHumide", theirs: &["presenceZoneHumide"] },
        Column { ours: "distanceReseauChaleur", theirs: &["distanceReseauChaleur"] },
        Column { ours: "siteEnQpv", theirs: &["siteEnQpv"] },
        Column { ours: "saturationReseauEnr", theirs: &["saturationReseauEnr"] },
        Column { ours: "siteEnZae", theirs: &["siteEnZae"] },
    ],
    required: &["id"],
    names: &["~friches-terrain", "~friches_terrain", "~visites"],
    signs: &["site_id", "etatBatiInfrastructure"],
    ..FREE_TABLE
};
