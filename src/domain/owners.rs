//! Who owns the parcels, as a class of owner and a number that groups what one owner holds. Never a name.

use std::collections::BTreeMap;

use super::Idu;
use super::Provenance;

/// What an owner is. The list is that of `terr_maitrise_fonc` (CNIG *Sites économiques*), itself the second level of
/// Cerema's classes of owners, with two more for what that list calls "autre".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerClass {
    /// One person or several, jointly or not.
    NaturalPerson,
    /// State, French or foreign.
    State,
    /// Region.
    Region,
    /// Département.
    Department,
    /// EPCI, syndicat.
    Intercommunal,
    /// Commune.
    Commune,
    /// Another local authority.
    OtherAuthority,
    /// Social landlord.
    SocialLandlord,
    /// Établissement public foncier.
    LandAgency,
    /// Société d'économie mixte, société publique locale.
    MixedCompany,
    /// Developer of land.
    Developer,
    /// Professional investor, builder, bank.
    Investor,
    /// Health and social care.
    Health,
    /// Tourism, sport, culture, worship.
    Leisure,
    /// Firm that makes or sells.
    Company,
    /// Company that holds land or buildings, copropriété.
    PropertyCompany,
    /// School, university, research.
    Education,
    /// Another public body: établissement public, chamber.
    PublicBody,
    /// Another legal person, or one of which no more is known.
    LegalPerson,
}

impl OwnerClass {
    /// All classes.
    pub const ALL: [Self; 19] = [
        Self::NaturalPerson,
        Self::State,
        Self::Region,
        Self::Department,
        Self::Intercommunal,
        Self::Commune,
        Self::OtherAuthority,
        Self::SocialLandlord,
        Self::LandAgency,
        Self::MixedCompany,
        Self::Developer,
        Self::Investor,
        Self::Health,
        Self::Leisure,
        Self::Company,
        Self::PropertyCompany,
        Self::Education,
        Self::PublicBody,
        Self::LegalPerson,
    ];

    /// The word that profiles and tables use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NaturalPerson => "natural_person",
            Self::State => "state",
            Self::Region => "region",
            Self::Department => "department",
            Self::Intercommunal => "intercommunal",
            Self::Commune => "commune",
            Self::OtherAuthority => "other_authority",
            Self::SocialLandlord => "social_landlord",
            Self::LandAgency => "land_agency",
            Self::MixedCompany => "mixed_company",
            Self::Developer => "developer",
            Self::Investor => "investor",
            Self::Health => "health",
            Self::Leisure => "leisure",
            Self::Company => "company",
            Self::PropertyCompany => "property_company",
            Self::Education => "education",
            Self::PublicBody => "public_body",
            Self::LegalPerson => "legal_person",
        }
    }

    /// Whether the owner is public, or a company that public bodies hold.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(
            self,
            Self::State
                | Self::Region
                | Self::Department
                | Self::Intercommunal
                | Self::Commune
                | Self::OtherAuthority
                | Self::LandAgency
                | Self::MixedCompany
                | Self::PublicBody
        )
    }
}

/// The owner of one parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Owner {
    /// What the owner is; `None` where the table does not say it in words we know.
    pub class: Option<OwnerClass>,
    /// The same number for all parcels of one owner, within one reading; `None` where the table gives no key. It says
    /// nothing about the owner, and no output carries it.
    pub key: Option<u32>,
}

/// One row of a table of owners; `key` is the producer's, forgotten once it has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedParcel {
    /// Parcel.
    pub idu: Idu,
    /// What the owner is.
    pub class: Option<OwnerClass>,
    /// The producer's account or identifier of the owner.
    pub key: Option<String>,
}

/// Owners of parcels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Owners {
    sorted: Vec<(Idu, Owner)>,
    n_keys: u32,
    /// Origin.
    pub provenance: Provenance,
}

impl Owners {
    /// Puts rows together. Of several rows of one parcel the first counts; keys are numbered in the order they appear.
    #[must_use]
    pub fn new(rows: Vec<OwnedParcel>, provenance: Provenance) -> Self {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut sorted: Vec<(Idu, Owner)> = rows
            .into_iter()
            .map(|row| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                let key = row.key.map(|key| *numbers.entry(key).or_insert(next));
                (row.idu, Owner { class: row.class, key })
            })
            .collect();
        // The sort is stable: the first row of a parcel stays first.
        sorted.sort_by_key(|(idu, _)| *idu);
        sorted.dedup_by_key(|(idu, _)| *idu);
        let n_keys = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        Self { sorted, n_keys, provenance }
    }

    /// The owner of a parcel; `None` where nothing is said about it.
    #[must_use]
    pub fn of(&self, idu: Idu) -> Option<Owner> {
        let at = self.sorted.binary_search_by_key(&idu, |(known, _)| *known).ok()?;
        self.sorted.get(at).map(|(_, owner)| *owner)
    }

    /// Number of parcels with a known owner.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether no owner is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Both, this one first where both know a parcel. Keys of the two are never the same owner: nothing says they are.
    #[must_use]
    pub fn joined_with(self, other: Self) -> Self {
        let mut sorted = self.sorted;
        let renumbered = |owner: Owner| Owner {
            key: owner.key.map(|key| key.saturating_add(self.n_keys)),
            ..owner
        };
        sorted.extend(other.sorted.into_iter().map(|(idu, owner)| (idu, renumbered(owner))));
        sorted.sort_by_key(|(idu, _)| *idu);
        sorted.dedup_by_key(|(idu, _)| *idu);
        Self {
            sorted,
            n_keys: self.n_keys.saturating_add(other.n_keys),
            provenance: self.provenance.joined_with(other.provenance),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(idu: &str, class: OwnerClass, key: &str) -> OwnedParcel {
        OwnedParcel { idu: idu.parse().unwrap(), class: Some(class), key: Some(key.to_owned()) }
    }

    #[test]
    fn one_key_groups_parcels_and_the_first_row_of_a_parcel_counts() {
        let owners = Owners::new(
            vec![
                row("82112000AB0002", OwnerClass::Commune, "C1"),
                row("82112000AB0001", OwnerClass::Commune, "C1"),
                row("82112000AB0003", OwnerClass::NaturalPerson, "P9"),
                row("82112000AB0001", OwnerClass::State, "E"),
            ],
            Provenance::default(),
        );
        let of = |idu: &str| owners.of(idu.parse().unwrap());
        assert_eq!(owners.len(), 3);
        assert_eq!(of("82112000AB0001"), of("82112000AB0002"));
        assert_ne!(of("82112000AB0003").unwrap().key, of("82112000AB0001").unwrap().key);
        assert_eq!(of("82112000AB0004"), None);
    }

    #[test]
    fn keys_of_two_tables_are_two_owners() {
        let one = Owners::new(
            vec![row("82112000AB0001", OwnerClass::Commune, "1")],
            Provenance::default(),
        );
        let two = Owners::new(
            vec![row("82112000AB0002", OwnerClass::Commune, "1")],
            Provenance::default(),
        );
        let both = one.joined_with(two);
        let of = |idu: &str| both.of(idu.parse().unwrap()).unwrap().key;
        assert_ne!(of("82112000AB0001"), of("82112000AB0002"));
    }
}
