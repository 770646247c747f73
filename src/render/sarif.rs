use super::Shown;
pub fn render(_: &Shown<'_>) -> String {
    String::new()
}
