//! Planning documents themselves: CNIG `doc_urba` and `doc_urba_com`.

use super::Column;
use super::FREE_TABLE;
use super::Schema;

/// Words of the kinds and states of documents; see [`super::repeated`].
pub(crate) const DOCUMENT_WORDS: &[&str] = &[
    "PLU",
    "PLUi",
    "PLUm",
    "POS",
    "PSMV",
    "SCOT",
    "RNU",
    "opposable",
    "en vigueur",
    "annulé",
    "abrogé",
    "remplacé",
    "en cours de procédure",
];

/// `doc_urba`: what a document is and whether it is in force.
pub(super) const DOC_URBA: Schema = Schema {
    id: "cnig-doc-urba",
    layer: "documents",
    source: "Documents d'urbanisme – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "document", theirs: &["idurba"] },
        Column { ours: "kind", theirs: &["typedoc"] },
        Column { ours: "state", theirs: &["etat"] },
        Column { ours: "approved", theirs: &["datappro"] },
        Column { ours: "ended", theirs: &["datefin"] },
    ],
    required: &["document", "kind"],
    names: &["doc_urba"],
    signs: &["idurba", "typedoc"],
    ..FREE_TABLE
};

/// `doc_urba_com`: one row per commune of a document, the only true perimeter of a partial PLUi.
pub(super) const DOC_URBA_COM: Schema = Schema {
    id: "cnig-doc-urba-com",
    layer: "documents",
    source: "Documents d'urbanisme – Géoportail de l'urbanisme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "document", theirs: &["idurba"] },
        Column { ours: "commune", theirs: &["insee"] },
    ],
    required: &["document", "commune"],
    names: &["doc_urba_com"],
    signs: &["idurba", "insee"],
    ..FREE_TABLE
};
