//! A tolerant parser for the WKT of reference systems: keywords, texts and numbers in brackets.

/// Real definitions nest about six deep.
const MAX_DEPTH: usize = 32;

/// `KEYWORD["text", 1.0, CHILD[…]]`.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// In upper case.
    pub keyword: String,
    pub texts: Vec<String>,
    pub numbers: Vec<f64>,
    children: Vec<Node>,
}

impl Node {
    /// Parses a definition; `None` when it is not one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        Self::parse_from(&mut rest, 0)
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    pub(super) fn child(&self, keyword: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.keyword == keyword)
    }

    fn parse_from(rest: &mut &str, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let open = rest.find(['[', '('])?;
        let mut node =
            Self { keyword: rest[..open].trim().to_ascii_uppercase(), ..Self::default() };
        *rest = &rest[open + 1..];
        loop {
            *rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            let first = rest.chars().next()?;
            match first {
                ']' | ')' => {
                    *rest = &rest[1..];
                    return Some(node);
                }
                '"' => {
                    let end = rest[1..].find('"')? + 1;
                    node.texts.push(rest[1..end].to_owned());
                    *rest = &rest[end + 1..];
                }
                _ => {
                    let end = rest.find([',', ']', ')', '[', '('])?;
                    if rest[end..].starts_with(['[', '(']) {
                        node.children.push(Self::parse_from(rest, depth + 1)?);
                    } else {
                        // A bare word (an axis direction) is no number and of no use here.
                        node.numbers.extend(rest[..end].trim().parse::<f64>().ok());
                        *rest = &rest[end..];
                    }
                }
            }
        }
    }
}
