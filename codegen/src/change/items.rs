//! Which line of the listing is of which item of the protocol.

use std::collections::BTreeMap;

use crate::compare::{ItemKind, MemberKind, Path};
use crate::model::{Domain, Member, Protocol, Shape};
use crate::name::{self, DomainNames, MemberNames, Name};

/// What stands in the listing for each domain, item and member, by kind and path as
/// [`ApiChange::item`](super::ApiChange::item) has it: `field runtime::CallFrame::url`.
/// Empty if the names collide: there is no listing then.
pub fn items(protocol: &Protocol) -> BTreeMap<Path, String> {
    let mut items = BTreeMap::new();
    let Ok(names) = name::names(protocol) else {
        return items;
    };
    for (domain, found) in protocol.domains.iter().zip(&names.domains) {
        let path = Path::domain(&domain.about.name);
        let module = found.module.plain();
        items.insert(path.clone(), format!("mod {module}"));
        for id in &domain.types {
            let (item, names) = (protocol.type_def(*id), &names.types[id.0]);
            let path = path.item(ItemKind::Type, &item.about.name);
            let (word, properties): (_, &[Member]) = match &item.shape {
                Shape::Object(properties) => ("struct", properties),
                Shape::Enum(_) => ("enum", &[]),
                Shape::Alias(_) => ("struct", &[]),
            };
            let rust = format!("{module}::{}", names.item.plain());
            let members = (properties, names.members.as_slice());
            fields(&mut items, &path, MemberKind::Property, &rust, members);
            items.insert(path, format!("{word} {rust}"));
        }
        messages(&mut items, &path, domain, found);
    }
    items
}

/// The commands and events of a domain.
fn messages(items: &mut BTreeMap<Path, String>, path: &Path, domain: &Domain, names: &DomainNames) {
    let rust = |name: &Name| format!("{}::{}", names.module.plain(), name.plain());
    for (item, names) in domain.commands.iter().zip(&names.commands) {
        let path = path.item(ItemKind::Command, &item.about.name);
        let (sent, answer) = (rust(&names.item), rust(&names.returns));
        let members = (item.parameters.as_slice(), names.parameters.as_slice());
        fields(items, &path, MemberKind::Parameter, &sent, members);
        let members = (item.returns.as_slice(), names.return_members.as_slice());
        fields(items, &path, MemberKind::Return, &answer, members);
        items.insert(path, format!("struct {sent}"));
    }
    for (item, names) in domain.events.iter().zip(&names.events) {
        let path = path.item(ItemKind::Event, &item.about.name);
        let rust = rust(&names.item);
        let members = (item.parameters.as_slice(), names.parameters.as_slice());
        fields(items, &path, MemberKind::Parameter, &rust, members);
        items.insert(path, format!("struct {rust}"));
    }
}

fn fields(
    items: &mut BTreeMap<Path, String>,
    path: &Path,
    kind: MemberKind,
    owner: &str,
    (members, names): (&[Member], &[MemberNames]),
) {
    for (member, names) in members.iter().zip(names) {
        let path = path.member(kind, &member.about.name);
        items.insert(path, format!("field {owner}::{}", names.field.plain()));
    }
}
