//! What types are called.

/// Gives each type the name by which a deserializer is asked for it.
macro_rules! named {
    ($($name:ident $(<$lifetime:lifetime>)?)*) => {
        $(
            impl $name $(<$lifetime>)? {
                /// The name by which a deserializer is asked for it.
                pub const NAME: &'static str = stringify!($name);
            }
        )*
    };
}

pub(crate) use named;
