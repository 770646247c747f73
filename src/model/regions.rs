//! Regions: ISO 3166-1 alpha-2 country codes, their parts, and groups of countries.

use super::text::Text;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use std::fmt;

/// Every officially assigned code, in order.
const COUNTRIES: &str = "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz \
ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh \
gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb \
lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om \
pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg \
th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// The member states of the European Union.
const EU: [&str; 27] = [
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie", "it", "lt", "lu", "lv",
    "mt", "nl", "pl", "pt", "ro", "se", "si", "sk",
];

/// The states of the European Economic Area outside the European Union.
const EEA_BEYOND_EU: [&str; 3] = ["is", "li", "no"];

fn country(region: &str) -> &str {
    region.split_once('-').map_or(region, |(country, _)| country)
}

fn is_country(code: &str) -> bool {
    // Two letters and a space each, in order.
    let known = COUNTRIES.as_bytes();
    let (mut low, mut high) = (0, known.len().div_ceil(3));
    while low < high {
        let middle = usize::midpoint(low, high);
        match known[middle * 3..middle * 3 + 2].cmp(code.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

pub fn is_known(region: &str) -> bool {
    match region.split_once('-') {
        None => matches!(region, "eu" | "eea" | "global") || is_country(region),
        Some((country, part)) => {
            is_country(country)
                && (1..=3).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }
    }
}

/// The region that is meant by what is written in capitals, or with `_` or a blank for `-`.
pub fn canonical(written: &str) -> Option<String> {
    if written.len() > 16 {
        return None;
    }
    let plain = written.trim().to_lowercase().replace(['_', ' '], "-");
    is_known(&plain).then_some(plain)
}

/// Whether `outer` takes in all of `inner`.
pub fn contains(outer: &str, inner: &str) -> bool {
    if outer == inner {
        return true;
    }
    match outer {
        "global" => true,
        "eea" => inner == "eu" || EU.contains(&country(inner)) || EEA_BEYOND_EU.contains(&country(inner)),
        "eu" => EU.contains(&country(inner)),
        _ => outer == country(inner),
    }
}

/// Whether a region is, or may reach into, the US: the country, its parts and territories, and what contains it.
pub fn may_be_in_the_us(region: &str) -> bool {
    const TERRITORIES: [&str; 6] = ["as", "gu", "mp", "pr", "um", "vi"];
    TERRITORIES.contains(&country(region)) || contains("us", region) || contains(region, "us")
}

/// Whether a region is, or may reach into, one whose auditors ordinarily ask for SOC 1: the US, and Canada, where it is
/// issued under CSAE 3416.
pub fn may_ask_for_soc1(region: &str) -> bool {
    may_be_in_the_us(region) || contains("ca", region) || contains(region, "ca")
}

/// A region that is known to the standards of regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region<'a>(pub Text<'a>);

/// The name by which a type asks the deserializer for a region.
pub const REGION_NAME: &str = "a region";
/// What a deserializer is told of a value that is none of those that may stand somewhere; a reading problem has this name.
pub const UNKNOWN_VALUE: &str = "unknown-value";

impl<'de: 'a, 'a> Deserialize<'de> for Region<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RegionVisitor;
        impl<'de> Visitor<'de> for RegionVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text in quotes")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
                Text::deserialize(d)
            }
        }
        let text = deserializer.deserialize_newtype_struct(REGION_NAME, RegionVisitor)?;
        if is_known(&text) {
            return Ok(Self(text));
        }
        Err(D::Error::invalid_value(
            Unexpected::Other(UNKNOWN_VALUE),
            &"a region: a lower-case ISO 3166-1 alpha-2 code such as \"us\", a part such as \"us-ca\", \"eu\", \"eea\" or \"global\"",
        ))
    }
}

impl serde::Serialize for Region<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Region<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Region".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A lower-case ISO 3166-1 alpha-2 code (`us`), a part of a country (`us-ca`), `eu`, `eea` or `global`. A group contains its members.",
            "type": "string",
            "pattern": "^([a-z]{2}(-[a-z0-9]{1,3})?|eea|global)$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{contains, is_known, may_be_in_the_us};

    #[test]
    fn what_contains_the_us_may_be_in_it() {
        assert!(["us", "us-ca", "pr", "global"].into_iter().all(may_be_in_the_us));
        assert!(!["eu", "eea", "gb", "de-by"].into_iter().any(may_be_in_the_us));
    }

    #[test]
    fn groups_contain_their_members_and_countries_their_parts() {
        assert!(contains("eu", "de") && contains("eu", "de-by") && contains("eea", "no") && contains("eea", "eu"));
        assert!(contains("us", "us-ca") && contains("global", "us"));
        assert!(
            !contains("us-ca", "us") && !contains("eu", "ch") && !contains("eu", "eea") && !contains("us", "global")
        );
    }

    #[test]
    fn every_code_is_found() {
        assert_eq!(super::COUNTRIES.len(), 249 * 3 - 1);
        assert!(super::COUNTRIES.split(' ').all(is_known));
        assert!(super::COUNTRIES.split(' ').is_sorted());
    }

    #[test]
    fn only_real_codes_are_known() {
        for yes in ["us", "us-ca", "gb", "eu", "eea", "global", "de-by"] {
            assert!(is_known(yes), "{yes}");
        }
        for no in ["US", "uk", "xx", "", "us-", "us-cali", "eu-west-1"] {
            assert!(!is_known(no), "{no}");
        }
    }
}
