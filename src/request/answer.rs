//! The answer to a request.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Asked;
use super::AssemblyFacts;
use super::Candidate;
use super::CandidateKind;
use super::Desk;
use super::Exclusion;
use super::LandRequest;
use super::NearMiss;
use super::Relaxation;
use super::RequestError;
use super::Verdict;
use super::VerdictResult;
use super::acquisition::acquisition;
use super::asked;
use super::exclusion;
use super::housing_within::housing_within;
use super::near_miss;
use super::near_miss::MOST_FAILS;
use super::put_together::Assembled;
use super::put_together::put_together;
use super::relaxation;
use super::verdict::Checker;
use super::wishes;
use crate::domain::Entity;
use crate::domain::Value;
use crate::evaluation::EvaluationError;
use crate::evaluation::LandRules;
use crate::evaluation::Measure;
use crate::evaluation::PreparedProfile;
use crate::evaluation::Profile;
use crate::evaluation::Ranked;
use crate::evaluation::Robustness;
use crate::evaluation::check_names;
use crate::evaluation::robustness::Standing;
use crate::housing::Housed;
use crate::housing::SiteWithJobs;
use crate::land::Plot;
use crate::spatial::overlay;
use crate::spatial::shape;

/// Near misses that are told; of all of them relaxations are worked out.
const NEAR_MISSES: usize = 20;

/// Share of the smaller of two candidates from which they are told to be the same land.
const SAME_LAND: f64 = 0.5;

/// Assemblies of which it is worked out in which order to buy: more are not read one by one.
const ACQUIRED: usize = 5;

/// Candidates for which housing within reach is worked out: more are not read one by one.
const HOUSED: usize = 50;

/// A candidate with everything that is said of it.
#[derive(Clone)]
pub struct Answered<'a> {
    /// The land.
    pub candidate: Arc<Candidate<'a>>,
    /// The verdict on each condition, in their order.
    pub verdicts: Vec<Verdict>,
    /// Score, bounds, reliability and rank by the wishes.
    pub row: Ranked,
    /// How it stands under other weights of the wishes; only among candidates of which every condition is known.
    pub standing: Option<Standing>,
    /// What an assembly is made of.
    pub assembly: Option<AssemblyFacts>,
    /// Candidates that are for the most part the same land.
    pub same_land: Vec<String>,
    /// Where the workers could live, with how many households find a dwelling; only with jobs, and for the best.
    pub housing: Option<(SiteWithJobs, Housed)>,
}

impl Answered<'_> {
    /// Whether every condition is known to hold.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.result == VerdictResult::Pass)
    }
}

/// The answer to a request.
pub struct Answer<'a> {
    /// The request.
    pub request: LandRequest,
    /// Its conditions.
    pub asked: Vec<Asked>,
    /// What orders the candidates.
    pub profile: Profile,
    /// Candidates that fail no condition, the best first; those of which one is not known stand behind.
    pub candidates: Vec<Answered<'a>>,
    /// How much the order of those of which all is known owes to the weights.
    pub robustness: Option<Robustness>,
    /// The nearest misses, the nearest first; [`NearMiss::candidate`] counts in [`Answer::missed`].
    pub near_misses: Vec<NearMiss>,
    /// The candidates of the near misses, with their verdicts and what an assembly is made of.
    pub missed: Vec<(Arc<Candidate<'a>>, Vec<Verdict>, Option<AssemblyFacts>)>,
    /// What each condition takes away.
    pub exclusions: Vec<Exclusion>,
    /// How far each limit would have to give way.
    pub relaxations: Vec<Relaxation>,
    /// Candidates looked at, by kind.
    pub looked_at: BTreeMap<CandidateKind, usize>,
    /// Parcels that could not be cut out of their terrain: no assembly has them.
    pub refused: Vec<String>,
    /// The rules that say what land is available.
    pub rules: &'a LandRules,
}

impl Answer<'_> {
    /// The candidate of an identifier.
    #[must_use]
    pub fn candidate(&self, id: &str) -> Option<&Answered<'_>> {
        self.candidates.iter().find(|one| one.candidate.id == id)
    }
}

impl<'a> Desk<'a> {
    /// Answers a request. The same for any number of threads.
    ///
    /// # Errors
    /// Conditions that name layers or attributes that the territory does not have.
    pub fn answer(&'a self, request: &LandRequest) -> Result<Answer<'a>, RequestError> {
        let asked = asked::conditions(self.territory, request);
        let own = wishes::profile(request);
        let own = own.as_ref().map(|own| PreparedProfile::new(self.territory, own));
        let wishes = own.as_ref().unwrap_or(&self.usual);
        self.check_names(request)?;
        let checker = Checker::new(self.territory, &asked);
        let wanted = |kind: CandidateKind| request.kinds.contains(&kind);
        let fixed: Vec<&Arc<Candidate<'a>>> =
            self.fixed.iter().filter(|candidate| wanted(candidate.kind)).collect();
        let verdicts: Vec<Vec<Verdict>> =
            fixed.par_iter().map(|candidate| checker.verdicts(candidate)).collect();
        let allowed = |plot: &Plot| self.is_allowed(request, plot);
        let together = match wanted(CandidateKind::Assembly) {
            true => put_together(self, request, &checker, &allowed)?,
            false => Default::default(),
        };

        let mut looked_at: BTreeMap<CandidateKind, usize> = BTreeMap::new();
        for candidate in &fixed {
            *looked_at.entry(candidate.kind).or_default() += 1;
        }
        let n_assemblies = together.found.len() + together.missed.len();
        if n_assemblies > 0 {
            looked_at.insert(CandidateKind::Assembly, n_assemblies);
        }

        let (mut found, mut missed) = (Vec::new(), Vec::new());
        let fixed = fixed.into_iter().zip(verdicts).map(|(candidate, verdicts)| Assembled {
            candidate: Arc::clone(candidate),
            verdicts,
            facts: None,
        });
        let mut all_verdicts: Vec<Vec<Verdict>> = Vec::new();
        let is_terrain = |one: &Assembled<'_>| {
            let parcels = one.candidate.parcels.iter().map(|(id, _)| *id).collect::<Vec<_>>();
            wanted(CandidateKind::Terrain) && self.terrains.contains(&parcels)
        };
        let assemblies = together.found.into_iter().chain(together.missed);
        for one in fixed.chain(assemblies.filter(|one| !is_terrain(one))) {
            all_verdicts.push(one.verdicts.clone());
            match exclusion::fails(&one.verdicts).count() {
                0 => found.push(one),
                1..=MOST_FAILS => missed.push(one),
                _ => {}
            }
        }
        let views: Vec<&[Verdict]> = all_verdicts.iter().map(Vec::as_slice).collect();
        let exclusions = exclusion::exclusions(asked.len(), views.iter().copied());
        let relaxations = relaxation::relaxations(&asked, &views);

        let (candidates, robustness) = self.ranked(wishes, found);
        let mut candidates = candidates;
        same_land(&mut candidates);
        if let Some(of) = &together.of {
            let assemblies = candidates.iter_mut().filter_map(|one| one.assembly.as_mut());
            for facts in assemblies.take(ACQUIRED) {
                facts.acquisition = acquisition(self, of, request, &checker, &facts.plots)?;
            }
        }
        let best: Vec<Arc<Candidate<'a>>> =
            candidates.iter().take(HOUSED).map(|one| Arc::clone(&one.candidate)).collect();
        let best: Vec<&Candidate<'_>> = best.iter().map(AsRef::as_ref).collect();
        if let Some(housing) = housing_within(self.territory, request, &best)? {
            for (one, housing) in candidates.iter_mut().zip(housing) {
                one.housing = Some(housing);
            }
        }
        let mut near_misses: Vec<NearMiss> = missed
            .iter()
            .enumerate()
            .map(|(at, one)| NearMiss {
                candidate: at,
                fails: near_miss::fails_of(&asked, &one.verdicts),
            })
            .collect();
        near_miss::order(&asked, &mut near_misses, |at| missed[at].candidate.id.clone());
        near_misses.truncate(NEAR_MISSES);
        let told = |one: &Assembled<'a>| {
            (Arc::clone(&one.candidate), one.verdicts.clone(), one.facts.clone())
        };
        let missed = near_misses.iter().map(|miss| told(&missed[miss.candidate])).collect();
        for (at, miss) in near_misses.iter_mut().enumerate() {
            miss.candidate = at;
        }
        Ok(Answer {
            request: request.clone(),
            asked,
            profile: wishes.profile().clone(),
            candidates,
            robustness,
            near_misses,
            missed,
            exclusions,
            relaxations,
            looked_at,
            refused: self.plots.refused.clone(),
            rules: self.ground.rules(),
        })
    }

    /// Whether a plot may be part of an assembly: its class and its commune are accepted.
    fn is_allowed(&self, request: &LandRequest, plot: &Plot) -> bool {
        let in_epci = |commune| {
            let epci = self.territory.epci_of(commune).map(|epci| epci.siren);
            epci.is_some_and(|epci| request.epcis.contains(&epci))
        };
        let anywhere = request.epcis.is_empty() && request.communes.is_empty();
        request.availability.contains(&plot.availability)
            && (anywhere
                || plot
                    .commune
                    .is_some_and(|commune| request.communes.contains(&commune) || in_epci(commune)))
    }

    /// Candidates by the wishes: those of which everything is known, then the others.
    fn ranked(
        &self,
        wishes: &PreparedProfile<'_>,
        found: Vec<Assembled<'a>>,
    ) -> (Vec<Answered<'a>>, Option<Robustness>) {
        let is_sure = |one: &Assembled<'_>| {
            one.verdicts.iter().all(|verdict| verdict.result == VerdictResult::Pass)
        };
        let (sure, unsure): (Vec<_>, Vec<_>) = found.into_iter().partition(is_sure);
        let mut all = Vec::new();
        let mut robustness = None;
        for (group, is_first) in [(sure, true), (unsure, false)] {
            let entities: Vec<&dyn Entity> =
                group.iter().map(|one| one.candidate.as_ref() as &dyn Entity).collect();
            let mut ranking = wishes.rank(&entities);
            if is_first {
                ranking = ranking.with_robustness();
                robustness.clone_from(&ranking.robustness);
            }
            let before = all.len();
            for (place, row) in ranking.rows.iter().enumerate() {
                let Some(one) = group.get(row.unit) else { continue };
                let standing = ranking.robustness.as_ref().and_then(|all| all.of(row)).cloned();
                all.push(Answered {
                    candidate: Arc::clone(&one.candidate),
                    verdicts: one.verdicts.clone(),
                    row: Ranked { rank: Some(before + place + 1), ..row.clone() },
                    standing,
                    assembly: one.facts.clone(),
                    same_land: Vec::new(),
                    housing: None,
                });
            }
        }
        (all, robustness)
    }

    fn check_names(&self, request: &LandRequest) -> Result<(), RequestError> {
        let musts = request.musts.iter();
        let measures: Vec<(&str, &Measure)> = musts
            .chain(request.shoulds.iter().map(|should| &should.wanted))
            .map(|must| (must.id.as_str(), &must.measure))
            .collect();
        // An attribute of one kind of candidates is unknown of the others.
        let lacks = |name: &str| {
            !self.fixed.is_empty()
                && self.fixed.iter().all(|one| one.attribute(name) == Value::NoSuchAttribute)
        };
        check_names(self.territory, "", measures.into_iter(), ("land", &lacks)).map_err(|error| {
            match error {
                EvaluationError::UnknownLayer { item, layer, known, .. } => {
                    RequestError::UnknownLayer { item, layer, known }
                }
                EvaluationError::UnknownAttribute { item, layer, attribute, .. } => {
                    RequestError::UnknownAttribute { item, layer, attribute }
                }
                other => RequestError::Evaluation(other),
            }
        })
    }
}

/// Tells of each candidate which others are for the most part the same land: an inventory lists what the survey finds.
fn same_land(candidates: &mut [Answered<'_>]) {
    use geo::BoundingRect;
    use geo::Intersects;
    let frames: Vec<_> =
        candidates.iter().map(|one| one.candidate.geometry.bounding_rect()).collect();
    let areas: Vec<f64> =
        candidates.iter().map(|one| shape::area(&one.candidate.geometry)).collect();
    let pairs: Vec<(usize, usize)> = (0..candidates.len())
        .into_par_iter()
        .flat_map_iter(|a| {
            let (frames, areas, all) = (&frames, &areas, &*candidates);
            (a + 1..all.len()).filter_map(move |b| {
                let meet =
                    frames[a].zip(frames[b]).is_some_and(|(one, other)| one.intersects(&other));
                let smaller = areas[a].min(areas[b]);
                let common = |a: usize, b: usize| {
                    overlay::intersection_area(
                        &all[a].candidate.geometry,
                        &all[b].candidate.geometry,
                    )
                };
                (meet && smaller > 0.0 && common(a, b) >= SAME_LAND * smaller).then_some((a, b))
            })
        })
        .collect();
    for (a, b) in pairs {
        let ids = [candidates[a].candidate.id.clone(), candidates[b].candidate.id.clone()];
        candidates[a].same_land.push(ids[1].clone());
        candidates[b].same_land.push(ids[0].clone());
    }
}
