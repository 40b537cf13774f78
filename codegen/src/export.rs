//! The model as standard CDP protocol JSON, the form in which targets report
//! their protocol themselves.

use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::model::{
    About, Command, Domain, DomainId, Event, Literal, Member, Protocol, Shape, Type, TypeDef,
};

/// Writes the named domains, or all of them, with a final newline.
pub(crate) fn export(protocol: &Protocol, names: &[String]) -> Result<String, UnknownDomain> {
    check_names(protocol, names)?;
    Ok(written(&Root { protocol, names }))
}

/// Writes all domains.
pub(crate) fn all(protocol: &Protocol) -> String {
    let names = &[];
    written(&Root { protocol, names })
}

fn written(root: &Root<'_>) -> String {
    // Writing to memory cannot fail, and every key is a string.
    serde_json::to_string_pretty(root).unwrap_or_default() + "\n"
}

/// Whether every name is that of a domain.
pub(crate) fn check_names(protocol: &Protocol, names: &[String]) -> Result<(), UnknownDomain> {
    let all = || {
        let domains = protocol.domains.iter();
        domains.map(|domain| domain.about.name.as_str())
    };
    match names.iter().find(|name| !all().any(|known| known == *name)) {
        None => Ok(()),
        Some(name) => Err(UnknownDomain {
            name: name.clone(),
            nearest: crate::parse::suggest(name, all()).map(str::to_owned),
        }),
    }
}

/// A domain that no document describes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no document describes the domain `{name}`{}", did_you_mean(.nearest.as_deref()))]
pub struct UnknownDomain {
    /// The name that was asked for.
    pub name: String,
    /// The nearest name that is known, if any is near.
    pub nearest: Option<String>,
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest
        .map(|name| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}

struct Root<'a> {
    protocol: &'a Protocol,
    names: &'a [String],
}

/// Something in the place where it stands: references are written relative to
/// the domain.
struct In<'a, T> {
    protocol: &'a Protocol,
    domain: DomainId,
    value: &'a T,
}

impl<'a, T> In<'a, T> {
    fn with<U>(&self, value: &'a U) -> In<'a, U> {
        In {
            protocol: self.protocol,
            domain: self.domain,
            value,
        }
    }

    fn all<U>(&self, values: &'a [U]) -> Vec<In<'a, U>> {
        values.iter().map(|value| self.with(value)).collect()
    }
}

impl Serialize for Root<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wanted =
            |domain: &Domain| self.names.is_empty() || self.names.contains(&domain.about.name);
        let domains: Vec<_> = self
            .protocol
            .domains
            .iter()
            .enumerate()
            .filter(|(_, domain)| wanted(domain))
            .map(|(index, value)| In {
                protocol: self.protocol,
                domain: DomainId(index),
                value,
            })
            .collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &Version)?;
        map.serialize_entry("domains", &domains)?;
        map.end()
    }
}

/// The documents do not say it; the protocol has had no other since 2017.
struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("major", "1")?;
        map.serialize_entry("minor", "3")?;
        map.end()
    }
}

impl Serialize for In<'_, Domain> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let domain = self.value;
        let types: Vec<_> = domain
            .types
            .iter()
            .map(|&id| self.with(self.protocol.type_def(id)))
            .collect();
        let dependencies = domain.dependencies.iter();
        let dependencies: Vec<_> = dependencies.map(|dependency| &dependency.domain).collect();
        let mut map = serializer.serialize_map(None)?;
        about(&mut map, "domain", &domain.about)?;
        list(&mut map, "dependencies", &dependencies)?;
        list(&mut map, "types", &types)?;
        list(&mut map, "commands", &self.all(&domain.commands))?;
        list(&mut map, "events", &self.all(&domain.events))?;
        map.end()
    }
}

impl Serialize for In<'_, TypeDef> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        about(&mut map, "id", &self.value.about)?;
        match &self.value.shape {
            Shape::Object(members) => {
                map.serialize_entry("type", "object")?;
                map.serialize_entry("properties", &self.all(members))?;
            }
            Shape::Enum(literals) => enumeration(&mut map, literals)?,
            Shape::Alias(ty) => type_entries(&mut map, &self.with(ty))?,
        }
        map.end()
    }
}

impl Serialize for In<'_, Command> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        about(&mut map, "name", &self.value.about)?;
        if let Some(domain) = &self.value.redirect {
            map.serialize_entry("redirect", domain)?;
        }
        list(&mut map, "parameters", &self.all(&self.value.parameters))?;
        list(&mut map, "returns", &self.all(&self.value.returns))?;
        map.end()
    }
}

impl Serialize for In<'_, Event> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        about(&mut map, "name", &self.value.about)?;
        list(&mut map, "parameters", &self.all(&self.value.parameters))?;
        map.end()
    }
}

impl Serialize for In<'_, Member> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let member = self.value;
        let mut map = serializer.serialize_map(None)?;
        about(&mut map, "name", &member.about)?;
        if member.optional && !member.optional_inferred {
            map.serialize_entry("optional", &true)?;
        }
        if member.literals.is_empty() {
            type_entries(&mut map, &self.with(&member.ty))?;
        } else {
            enumeration(&mut map, &member.literals)?;
        }
        map.end()
    }
}

/// The type of the items of an array.
impl Serialize for In<'_, Type> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        type_entries(&mut map, self)?;
        map.end()
    }
}

fn about<M: SerializeMap>(map: &mut M, key: &'static str, about: &About) -> Result<(), M::Error> {
    map.serialize_entry(key, &about.name)?;
    if !about.text.is_empty() {
        map.serialize_entry("description", &about.text)?;
    }
    if about.experimental {
        map.serialize_entry("experimental", &true)?;
    }
    if about.deprecated {
        map.serialize_entry("deprecated", &true)?;
    }
    Ok(())
}

/// A list, or nothing where there is nothing to list.
fn list<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    items: &[T],
) -> Result<(), M::Error> {
    if items.is_empty() {
        return Ok(());
    }
    map.serialize_entry(key, items)
}

fn enumeration<M: SerializeMap>(map: &mut M, literals: &[Literal]) -> Result<(), M::Error> {
    let texts: Vec<&str> = literals
        .iter()
        .map(|literal| literal.text.as_str())
        .collect();
    map.serialize_entry("type", "string")?;
    map.serialize_entry("enum", &texts)
}

fn type_entries<M: SerializeMap>(map: &mut M, ty: &In<'_, Type>) -> Result<(), M::Error> {
    let word = match ty.value {
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::String => "string",
        Type::Object => "object",
        Type::Any => "any",
        Type::Binary => "binary",
        Type::Array(items) => {
            map.serialize_entry("type", "array")?;
            return match items {
                Some(items) => map.serialize_entry("items", &ty.with(&**items)),
                None => Ok(()),
            };
        }
        Type::Ref(id) => {
            let target = ty.protocol.type_def(*id);
            let name = &target.about.name;
            if target.domain == ty.domain {
                return map.serialize_entry("$ref", name);
            }
            let domain = &ty.protocol.domain(target.domain).about.name;
            return map.serialize_entry("$ref", &format!("{domain}.{name}"));
        }
        Type::External(domain, name) => {
            if ty.protocol.domain(ty.domain).about.name == *domain {
                return map.serialize_entry("$ref", name);
            }
            return map.serialize_entry("$ref", &format!("{domain}.{name}"));
        }
    };
    map.serialize_entry("type", word)
}
