//! The profiles that come with the program. A published file never changes: a test holds its checksum.

use super::Profile;
use super::ProfileError;

/// Identifier and text of every published profile.
pub const PUBLISHED_PROFILES: &[(&str, &str)] = &[
    ("industrie-v1", include_str!("../../data/profiles/industrie-v1.toml")),
    ("industrie-v2", include_str!("../../data/profiles/industrie-v2.toml")),
    ("industrie-v3", include_str!("../../data/profiles/industrie-v3.toml")),
    ("friche-v1", include_str!("../../data/profiles/friche-v1.toml")),
    ("friche-v2", include_str!("../../data/profiles/friche-v2.toml")),
    ("logement-v1", include_str!("../../data/profiles/logement-v1.toml")),
    ("logement-v2", include_str!("../../data/profiles/logement-v2.toml")),
];

/// A published profile by its identifier.
///
/// # Errors
/// [`ProfileError::NotPublished`] when there is none of this name.
pub fn published_profile(id: &str) -> Result<Profile, ProfileError> {
    let (_, text) = PUBLISHED_PROFILES.iter().find(|(known, _)| *known == id).ok_or_else(|| {
        ProfileError::NotPublished {
            id: id.to_owned(),
            known: PUBLISHED_PROFILES
                .iter()
                .map(|(known, _)| *known)
                .collect::<Vec<_>>()
                .join(", "),
        }
    })?;
    Profile::from_toml(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a of the published texts, 64 bits: enough to notice a change.
    fn checksum(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    #[test]
    fn published_profiles_are_read_and_never_change() {
        let expected: &[(&str, u64)] = &[
            ("industrie-v1", 0x0e038280eea1ae92),
            ("industrie-v2", 0x902bede89b2e6c21),
            ("industrie-v3", 0x0757f63425d54572),
            ("friche-v1", 0x2acc364b9e2d0029),
            ("friche-v2", 0x2aa1a5fd021ce879),
            ("logement-v1", 0xbb587767f529cdc4),
            ("logement-v2", 0x8f671ea81fda1e02),
        ];
        assert_eq!(expected.len(), PUBLISHED_PROFILES.len());
        for ((id, text), (known, sum)) in PUBLISHED_PROFILES.iter().zip(expected) {
            assert_eq!(id, known);
            assert_eq!(published_profile(id).unwrap().id, *id);
            assert_eq!(checksum(text), *sum, "{id} was published; a change is a new version");
        }
    }
}
