use super::{Shown, Style};
pub fn render(shown: &Shown<'_>, style: Style) -> String {
    super::concise::render(shown, style)
}
