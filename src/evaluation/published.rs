//! The profiles that come with the program. A published file never changes: a test holds its checksum.

use super::Profile;
use super::ProfileError;

/// Identifier and text of every published profile.
pub const PUBLISHED_PROFILES: &[(&str, &str)] = &[
    ("industrie-v1", include_str!("../../data/profiles/industrie-v1.toml")),
    ("friche-v1", include_str!("../../data/profiles/friche-v1.toml")),
    ("logement-v1", include_str!("../../data/profiles/logement-v1.toml")),
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
