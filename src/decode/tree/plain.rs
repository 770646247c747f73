//! Keys and values that are written so plainly that there is nothing to decode: nearly all of them are. Whatever else
//! there is, and whatever is wrong, the parser knows.

use toml_parser::decoder::Encoding;

/// The text of a key.
pub fn key(written: &str, encoding: Option<Encoding>) -> Option<&str> {
    match encoding {
        None => {
            let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            (!written.is_empty() && written.bytes().all(is_bare)).then_some(written)
        }
        encoding => text(written, encoding),
    }
}

/// The text of a string on one line that has no escapes.
pub fn text(written: &str, encoding: Option<Encoding>) -> Option<&str> {
    if encoding != Some(Encoding::BasicString) {
        return None;
    }
    let text = written.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f);
    // Looking at all bytes instead of stopping at the first odd one is what makes it quick.
    let plain = text.bytes().fold(true, |plain, byte| plain & is_plain(byte));
    plain.then_some(text)
}

/// A day that every month has, as the number 20260928.
pub fn day(written: &str, encoding: Option<Encoding>) -> Option<u32> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = written.as_bytes() else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if encoding.is_some() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let packed = digits
        .iter()
        .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    let is_known = (1..=12).contains(&(packed / 100 % 100)) && (1..=28).contains(&(packed % 100));
    is_known.then_some(packed)
}
