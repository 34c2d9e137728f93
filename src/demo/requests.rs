//! Requests of companies whose answer is planted: each terrain that they ask for is drawn by `planted`.

/// A request and the parcels that must be its first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlantedRequest {
    /// Name of its file, without the end.
    pub file: &'static str,
    /// The request, as TOML.
    pub toml: &'static str,
    /// Parcels of the answer, in the order of the cadastre.
    pub parcels: &'static [&'static str],
}

macro_rules! request {
    ($file:literal, [$($parcel:literal),*]) => {
        PlantedRequest {
            file: $file,
            toml: include_str!(concat!("../../data/demo/requests/", $file, ".toml")),
            parcels: &[$($parcel),*],
        }
    };
}

/// All of them. Their communes are those in which the demonstration plants terrains, whatever its seed.
pub const PLANTED_REQUESTS: [PlantedRequest; 12] = [
    request!("01-atelier", ["32012000YA0001"]),
    request!("02-trois-lots", ["32012000YA0002", "32012000YA0003", "32012000YA0004"]),
    request!("03-de-part-et-d-autre", ["32012000YA0005", "32012000YA0006"]),
    request!("04-hors-rouge", ["32012000YA0007"]),
    request!("05-autour", ["32012000YA0008"]),
    request!("06-densifier", ["32012000YA0010"]),
    request!("07-friche", ["32106000YA0001"]),
    request!("08-en-vente", ["32106000YA0006"]),
    request!("09-a-urbaniser", ["32132000YA0001"]),
    request!("10-grand", ["32147000YA0003"]),
    request!("11-hall", ["32160000YA0001"]),
    request!("12-deux-communes", ["32002000YA0001", "32406000YA0001"]),
];
