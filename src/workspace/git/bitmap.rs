//! Compressed bitmaps, as git writes them into a split index.

/// The positions of the set bits and what follows the bitmap; `None` when it is none, or has a bit at `limit` or later.
pub fn positions(bytes: &[u8], limit: u32) -> Option<(Vec<u32>, &[u8])> {
    let (_bits, bytes) = number(bytes)?;
    let (words, bytes) = number(bytes)?;
    let length = usize::try_from(words).ok()?.checked_mul(8)?;
    let (mut words, bytes) = bytes.split_at_checked(length)?;
    // Where the last of the words that count is; of use to a writer alone.
    let (_, rest) = number(bytes)?;
    let limit = u64::from(limit);
    let mut found = Vec::new();
    let mut at = 0_u64;
    while let Some((marker, after)) = words.split_first_chunk() {
        words = after;
        let marker = u64::from_be_bytes(*marker);
        let (is_set, run, literal) = (marker & 1 == 1, (marker >> 1) & 0xffff_ffff, marker >> 33);
        let end = at.checked_add(run.checked_mul(64)?)?;
        if is_set {
            if end > limit.checked_next_multiple_of(64)? {
                return None;
            }
            found.extend(at..end);
        }
        at = end;
        for _ in 0..literal {
            let (word, after) = words.split_first_chunk()?;
            words = after;
            let word = u64::from_be_bytes(*word);
            found.extend((0..64).filter(|bit| word >> bit & 1 == 1).map(|bit| at + bit));
            at = at.checked_add(64)?;
        }
    }
    let inside = found.iter().all(|at| *at < limit);
    let found = found.into_iter().filter_map(|at| u32::try_from(at).ok()).collect();
    inside.then_some((found, rest))
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_be_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::positions;

    fn bitmap(words: &[u64]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 1, 0];
        bytes.extend(u32::try_from(words.len()).unwrap_or_default().to_be_bytes());
        bytes.extend(words.iter().flat_map(|word| word.to_be_bytes()));
        bytes.extend([0; 4]);
        bytes
    }

    fn read(words: &[u64], limit: u32) -> Option<Vec<u32>> {
        positions(&bitmap(words), limit).map(|(found, _)| found)
    }

    #[test]
    fn runs_and_words_are_read_and_nothing_beyond_the_limit() {
        assert_eq!(read(&[], 10), Some(vec![]));
        assert_eq!(read(&[1 << 33, 0b1010], 10), Some(vec![1, 3]));
        assert_eq!(read(&[(1 << 33) | (2 << 1), 1], 200), Some(vec![128]));
        assert_eq!(read(&[(1 << 1) | 1], 64), Some((0..64).collect()));
        assert_eq!(read(&[(1 << 33) | (2 << 1), 1], 128), None);
        assert_eq!(read(&[(0xffff_ffff << 1) | 1], 64), None);
        assert_eq!(read(&[5 << 33, 1], 64), None, "words are missing");
        assert_eq!(positions(&[0; 7], 64), None);
        let mut more = bitmap(&[1 << 33, 2]);
        more.extend(b"rest");
        assert_eq!(positions(&more, 64), Some((vec![1], b"rest".as_slice())));
    }
}
