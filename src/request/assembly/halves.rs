//! stub
use super::local::Local;
use super::need::*;
pub(super) struct Halves;
pub(super) fn split(_: &Local) -> Option<Halves> {
    None
}
impl Halves {
    pub(super) fn search(&self, _: &Local, _: &mut Pool, _: &mut Meter) -> bool {
        false
    }
}
