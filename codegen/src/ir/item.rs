//! What types, commands and events have in common.

use super::{Command, Event, Head, Member, TypeDef};

/// A type, a command or an event.
pub(crate) trait Item: Clone {
    /// The kind of the item, as headings say it.
    const WORD: &'static str;
    fn head(&self) -> &Head;
    fn head_mut(&mut self) -> &mut Head;
    /// The members, section by section: two of a command, and otherwise one.
    fn sections(&self) -> Vec<&Vec<Member>>;
    fn sections_mut(&mut self) -> Vec<&mut Vec<Member>>;
}

macro_rules! item {
    ($type:ty, $word:literal, $($section:ident),+) => {
        impl Item for $type {
            const WORD: &'static str = $word;
            fn head(&self) -> &Head {
                &self.head
            }
            fn head_mut(&mut self) -> &mut Head {
                &mut self.head
            }
            fn sections(&self) -> Vec<&Vec<Member>> {
                vec![$(&self.$section),+]
            }
            fn sections_mut(&mut self) -> Vec<&mut Vec<Member>> {
                vec![$(&mut self.$section),+]
            }
        }
    };
}

item!(TypeDef, "type", properties);
item!(Command, "command", parameters, returns);
item!(Event, "event", parameters);
