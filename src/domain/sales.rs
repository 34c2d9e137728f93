//! Sales per commune: of dwellings, how many and the median price per square metre; of building land and of industrial
//! premises, the median price and the sales that it rests on.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::CodeInsee;
use super::Deed;
use super::Premises;
use super::SetAside;
use super::Value;
use super::Verdict;

/// All deeds that touch the territory, by their identifier.
#[derive(Debug, Clone, Default)]
pub struct Sales {
    deeds: BTreeMap<String, Deed>,
}

#[derive(Debug, Clone, Default)]
struct OfGroup {
    houses: u32,
    flats: u32,
    set_aside: u32,
    house_prices: Vec<f64>,
    flat_prices: Vec<f64>,
    land_prices: Vec<f64>,
    industrial_prices: Vec<f64>,
}

impl Sales {
    /// Columns of [`Self::figures`]: sales of dwellings, of houses, of flats; deeds with a dwelling that are set aside;
    /// then the median price in euros per m² and the number of sales it rests on, of all, of houses, of flats; last, the
    /// same of building land (per m² of land) and of industrial and commercial premises (per built m²).
    pub const COLUMNS: [&'static str; 14] = [
        "dwelling_sales",
        "house_sales",
        "flat_sales",
        "deeds_set_aside",
        "price_m2",
        "price_n",
        "house_price_m2",
        "house_price_n",
        "flat_price_m2",
        "flat_price_n",
        "building_land_price_eur_m2",
        "building_land_n",
        "industrial_price_eur_m2",
        "industrial_n",
    ];

    /// Adds rows of a deed to those already there.
    pub fn add(&mut self, id: &str, deed: Deed) {
        match self.deeds.get_mut(id) {
            Some(known) => known.merge(deed),
            None => {
                self.deeds.insert(id.to_owned(), deed);
            }
        }
    }

    /// Whether rows of this deed are already there.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.deeds.contains_key(id)
    }

    /// Deeds that are set aside, with the reason.
    pub fn set_aside(&self) -> impl Iterator<Item = (&str, &Deed, SetAside)> {
        self.deeds.iter().filter_map(|(id, deed)| match deed.verdict() {
            Verdict::SetAside(reason) => Some((id.as_str(), deed, reason)),
            _ => None,
        })
    }

    /// The figures of `communes`, which are those with a row. A commune with deeds and none of a dwelling has sold none.
    #[must_use]
    pub fn figures(
        &self,
        communes: impl Iterator<Item = CodeInsee>,
    ) -> BTreeMap<CodeInsee, Vec<Value<'static>>> {
        self.figures_of(communes.map(|commune| (commune, commune)))
    }

    /// The same of groups of communes: the sales of a group are pooled, so that its median is that of its sales and not
    /// a mean of medians. A deed that lies in several communes stays set aside, once per group.
    #[must_use]
    pub fn figures_of<K: Ord + Copy>(
        &self,
        groups: impl Iterator<Item = (CodeInsee, K)>,
    ) -> BTreeMap<K, Vec<Value<'static>>> {
        let group_of: BTreeMap<CodeInsee, K> = groups.collect();
        let mut of: BTreeMap<K, OfGroup> =
            group_of.values().map(|group| (*group, OfGroup::default())).collect();
        let group_of = |commune: CodeInsee| group_of.get(&commune);
        for deed in self.deeds.values() {
            if let Some((commune, price)) = deed.building_land_price()
                && let Some(of) = group_of(commune).and_then(|group| of.get_mut(group))
            {
                of.land_prices.push(price);
            }
            if let Some((commune, price)) = deed.industrial_price()
                && let Some(of) = group_of(commune).and_then(|group| of.get_mut(group))
            {
                of.industrial_prices.push(price);
            }
            match deed.verdict() {
                Verdict::NoDwelling => {}
                Verdict::SetAside(_) => {
                    let groups: BTreeSet<&K> = deed.communes().filter_map(group_of).collect();
                    for group in groups {
                        if let Some(of) = of.get_mut(group) {
                            of.set_aside += 1;
                        }
                    }
                }
                Verdict::Dwelling { commune, premises, price_m2, .. } => {
                    let Some(of) = group_of(commune).and_then(|group| of.get_mut(group)) else {
                        continue;
                    };
                    let (count, prices) = if premises == Premises::House {
                        (&mut of.houses, &mut of.house_prices)
                    } else {
                        (&mut of.flats, &mut of.flat_prices)
                    };
                    *count += 1;
                    prices.extend(price_m2);
                }
            }
        }
        of.into_iter().map(|(group, figures)| (group, figures.row())).collect()
    }

    /// First and last year of the deeds.
    #[must_use]
    pub fn years(&self) -> Option<(u16, u16)> {
        let years = || self.deeds.values().filter_map(Deed::year);
        years().min().zip(years().max())
    }
}

impl OfGroup {
    fn row(self) -> Vec<Value<'static>> {
        let number = |count: u32| Value::Number(f64::from(count));
        let all: Vec<f64> = self.house_prices.iter().chain(&self.flat_prices).copied().collect();
        let mut row = vec![
            number(self.houses + self.flats),
            number(self.houses),
            number(self.flats),
            number(self.set_aside),
        ];
        let of_kinds =
            [all, self.house_prices, self.flat_prices, self.land_prices, self.industrial_prices];
        for prices in of_kinds {
            let n = prices.len() as f64;
            row.extend([Value::number(median(prices)), Value::Number(n)]);
        }
        row
    }
}

/// The middle value, or the mean of the two in the middle.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let upper = *numbers.get(middle)?;
    if numbers.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*numbers.get(middle.checked_sub(1)?)?, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0]), Some(3.0));
        assert_eq!(median(vec![9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(median(vec![9.0, 1.0, 5.0, 2.0]), Some(3.5));
    }
}
