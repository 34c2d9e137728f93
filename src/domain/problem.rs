//! What is wrong with a row: a result beside the layer, never a reason to stop reading.

use geo::Coord;

use super::CodeInsee;
use crate::words::Told;

/// How much a problem takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row could not be kept.
    Error,
    /// The row was kept after a change of its geometry.
    Repair,
    /// The row was kept as it is; something about it is doubtful.
    Warning,
}

impl Severity {
    /// The code used in the anomalies layer.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Repair => "repair",
            Self::Warning => "warning",
        }
    }
}

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// Every kind of problem a row can have. The code is stable; its sentence is in the catalogue (`problem.<code>`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode { $($(#[$doc])* $name,)* }

        impl ProblemCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How much it takes away.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

problem_codes! {
    /// The row has no geometry.
    GeometryMissing = "geometry-missing", Error;
    /// A friche without geometry; the parcels that it lists stand in for it.
    OutlineByParcels = "outline-by-parcels", Warning;
    /// A friche without geometry, none of whose parcels is in the cadastre given.
    SiteNowhere = "site-nowhere", Error;
    /// The geometry cannot be read: wrong kind, damaged bytes, text that is not WKT.
    GeometryUnreadable = "geometry-unreadable", Error;
    /// A coordinate is NaN or infinite.
    NonFinite = "non-finite", Error;
    /// Nothing with an area is left after cleaning.
    ZeroArea = "zero-area", Error;
    /// A coordinate cannot be brought to EPSG:2154.
    NotProjectable = "not-projectable", Error;
    /// The geometry cannot be repaired.
    Unrepairable = "unrepairable", Error;
    /// The outline crosses itself; repaired without losing a lobe.
    SelfCrossing = "self-crossing", Repair;
    /// Rings with fewer than three points were dropped.
    RingDropped = "ring-dropped", Repair;
    /// A ring was not closed.
    UnclosedRing = "unclosed-ring", Repair;
    /// A hole lies outside its shell.
    HoleOutside = "hole-outside", Repair;
    /// Parts of one object overlap; they were joined.
    PartsOverlap = "parts-overlap", Repair;
    /// Points repeated in a row were dropped.
    RepeatedPoint = "repeated-point", Repair;
    /// The object has no identifier.
    IdMissing = "id-missing", Warning;
    /// What stands in the place of the identifier may be a name; one is made in its place.
    IdUnfit = "id-unfit", Warning;
    /// The identifier does not have the form of the standard.
    IdMalformed = "id-malformed", Error;
    /// The identifier stands twice in the layer; the first row is kept.
    IdDuplicate = "id-duplicate", Error;
    /// A commune code does not have the right form.
    CommuneMalformed = "commune-malformed", Warning;
    /// A word is not in the code list of the standard; kept as unknown.
    UnknownWord = "unknown-word", Warning;
    /// A value does not have the form of its column; kept as unknown and not repeated, since it may be a name.
    ValueUnfit = "value-unfit", Warning;
    /// A word of an earlier version of the standard, read as today's.
    WordOfEarlierVersion = "word-of-earlier-version", Warning;
    /// A speed is configured for a class of roads that no road has.
    SpeedOfNoRoad = "speed-of-no-road", Warning;
    /// A number cannot be read; kept as unknown.
    NumberMalformed = "number-malformed", Warning;
    /// The object lies in another commune than it declares.
    OtherCommune = "other-commune", Warning;
    /// A commune of the territory has no outline in the commune layer.
    CommuneWithoutOutline = "commune-without-outline", Warning;
    /// A commune of the territory has no row in this layer.
    CommuneWithoutRow = "commune-without-row", Warning;
    /// A parcel listed by a friche does not have the form of the standard; it is left out of the list.
    ListedParcelMalformed = "listed-parcel-malformed", Warning;
    /// The parcel listed by a friche is not in the cadastre given.
    ParcelNotFound = "parcel-not-found", Warning;
    /// Several records are one site: same identifier, same parcels, or outlines that overlap for the most part.
    SitesJoined = "sites-joined", Warning;
    /// A visit answers about a site that no inventory lists.
    VisitOfNoSite = "visit-of-no-site", Error;
    /// Two zones of the planning documents overlap.
    ZonesOverlap = "zones-overlap", Warning;
    /// A zone stands in the layer again, with the same outline, label and type.
    ZoneDuplicated = "zone-duplicated", Warning;
    /// Two zones have the same outline and not the same label or type.
    ZoneOutlineShared = "zone-outline-shared", Warning;
    /// A place enclosed by the zones of a document is under none of them.
    ZoningGap = "zoning-gap", Warning;
    /// A part of a commune that has a document is under no zone.
    CommunePartlyZoned = "commune-partly-zoned", Warning;
    /// The gaps of a document could not be cut out.
    ZoningGapsUnknown = "zoning-gaps-unknown", Warning;
    /// A parcel of the earlier cadastre bears other numbers today.
    ParcelRenumbered = "parcel-renumbered", Warning;
    /// A parcel of the earlier cadastre lies under none of today's.
    ParcelVanished = "parcel-vanished", Warning;
    /// The parcel listed by a friche bears other numbers today.
    ListedParcelRenumbered = "listed-parcel-renumbered", Warning;
    /// A deed with a dwelling is no sale on the market; it is kept and says nothing about prices.
    DeedOtherNature = "deed-other-nature", Warning;
    /// A deed with a dwelling spans several communes; its price belongs to none of them.
    DeedSeveralCommunes = "deed-several-communes", Warning;
    /// A deed sells houses and flats, or a dwelling with business premises.
    DeedMixed = "deed-mixed", Warning;
    /// A deed with a dwelling has several dispositions or prices.
    DeedSeveralPrices = "deed-several-prices", Warning;
    /// A row stands twice in a table; the first one is kept.
    RowDuplicate = "row-duplicate", Error;
    /// The reference system was recognised from the coordinates, the file does not say it.
    CrsGuessed = "crs-guessed", Warning;
    /// The reference system is brought to Lambert-93 with a stated accuracy only.
    CrsApproximate = "crs-approximate", Warning;
    /// Latitude came before longitude, or northing before easting; put right.
    AxesSwapped = "axes-swapped", Repair;
    /// The outline cannot be read; the point given beside it is kept.
    OutlineUnreadable = "outline-unreadable", Warning;
    /// Rows rejected or repaired changed the total area of a layer in a commune.
    AreaChanged = "area-changed", Warning;
    /// A file of an archive or folder that is of no known kind.
    FileSkipped = "file-skipped", Warning;
    /// The content is gzip although the name does not say so.
    GzipUnderPlainName = "gzip-under-plain-name", Warning;
    /// There is no .dbf beside the .shp: the rows have no columns.
    NoTable = "no-table", Warning;
    /// The file is a page of a web service's answer: the service has more rows than it holds.
    PartialFile = "partial-file", Warning;
    /// The header of a .shp announces another length than the file has.
    WrongLength = "wrong-length", Warning;
    /// Bytes behind the last record of a .shp, not looked at.
    TrailingBytes = "trailing-bytes", Warning;
    /// The records of a .shp were read in the order of its .shx, which is another one.
    IndexFollowed = "index-followed", Warning;
    /// The .cpg names an encoding that is not known here.
    UnknownEncoding = "unknown-encoding", Warning;
    /// Values of kinds that are not read: memos, amounts, moments.
    UnreadValues = "unread-values", Warning;
    /// Rows marked as deleted in a .dbf, left out.
    DeletedRows = "deleted-rows", Warning;
    /// Values that are not in the declared encoding, read as Windows-1252.
    WrongEncoding = "wrong-encoding", Warning;
    /// Values of number columns that are no numbers, read as missing.
    BadNumbers = "bad-numbers", Warning;
    /// Rows with more or fewer fields than the header.
    RaggedRows = "ragged-rows", Warning;
    /// Geometry collections of which only the polygons were kept.
    CollectionsReduced = "collections-reduced", Warning;
    /// A cadastral sheet came without its file of dates and quality.
    NoQuality = "no-quality", Warning;
    /// NaN or Infinity in JSON, read as null.
    BareNan = "bare-nan", Warning;
}

/// Where a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Place {
    /// Point in EPSG:2154 metres, when one is known.
    pub at: Option<Coord<f64>>,
    /// Commune, when known.
    pub commune: Option<CodeInsee>,
}

/// One problem of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Layer key.
    pub layer: String,
    /// File, relative to the territory's folder.
    pub file: String,
    /// Row in the file, from 1, when it is about one row.
    pub row: Option<u64>,
    /// Identifier of the object, when it has one.
    pub feature: Option<String>,
    /// What is wrong.
    pub code: ProblemCode,
    /// The value that is wrong, or what was done; of a file's text only what may be repeated (`io::schema::repeated`).
    pub value: String,
    /// What is told in place of the value, where that takes words.
    pub detail: Option<Told>,
    /// Where.
    pub place: Place,
}
