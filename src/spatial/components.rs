//! Connected components, in an order that does not depend on how they were found.

/// Groups `0..count` by a symmetric relation asked for pairs `a < b`; each group ascending, groups by their first.
pub(crate) fn components(count: usize, related: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut pairs = Vec::new();
    for a in 0..count {
        for b in a + 1..count {
            if related(a, b) {
                pairs.push((a, b));
            }
        }
    }
    of_pairs(count, &pairs)
}

/// As [`components`], with the pairs known.
pub(crate) fn of_pairs(count: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (a, b) in pairs {
        let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
        // The lower number leads, so that the order of the pairs does not show.
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); count];
    for at in 0..count {
        let leader = root(&mut parent, at);
        groups[leader].push(at);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_join_and_the_order_of_pairs_does_not_show() {
        let expected = vec![vec![0, 2, 4], vec![1], vec![3, 5]];
        assert_eq!(of_pairs(6, &[(4, 2), (2, 0), (3, 5)]), expected);
        assert_eq!(of_pairs(6, &[(5, 3), (0, 2), (2, 4)]), expected);
        assert_eq!(components(3, |a, b| b - a == 2), vec![vec![0, 2], vec![1]]);
    }
}
