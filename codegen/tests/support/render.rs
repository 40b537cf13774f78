//! A protocol, as protocol JSON, in the layouts that its documents have had, and
//! what each of them holds of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

/// A layout of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    A,
    B,
    C,
    D,
}

impl Generation {
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// Whether it says what is optional, experimental or deprecated.
    fn marks(self) -> bool {
        matches!(self, Self::C | Self::D)
    }
}

/// The documents of a protocol by name, a domain each.
pub fn documents(protocol: &Value, generation: Generation) -> Vec<(String, String)> {
    let world = World::of(protocol);
    let domains = list(protocol, "domains").iter();
    domains
        .map(|domain| {
            let mut writer = Writer {
                generation,
                world: &world,
                domain: name(domain, "domain"),
                out: String::new(),
                references: Vec::new(),
            };
            writer.document(domain);
            (format!("{}.md", writer.domain.to_lowercase()), writer.out)
        })
        .collect()
}

/// What every domain knows of the others.
struct World {
    /// The base of each type.
    bases: BTreeMap<String, String>,
    /// Of each type, how it is used and by what, in order of appearance.
    usages: BTreeMap<String, Vec<(&'static str, Vec<String>)>>,
}

impl World {
    fn of(protocol: &Value) -> Self {
        let mut world = Self {
            bases: BTreeMap::new(),
            usages: BTreeMap::new(),
        };
        for domain in list(protocol, "domains") {
            let own = name(domain, "domain");
            for item in list(domain, "types") {
                let id = format!("{own}.{}", name(item, "id"));
                world.bases.insert(id, name(item, "type").to_owned());
            }
            let sections = [
                ("types", "id", "properties", "property of type"),
                ("commands", "name", "parameters", "accepted by command"),
                ("commands", "name", "returns", "returned from command"),
                ("events", "name", "parameters", "parameter in event"),
            ];
            for kinds in [&sections[..1], &sections[1..3], &sections[3..]] {
                for item in list(domain, kinds[0].0) {
                    for &(_, key, section, usage) in kinds {
                        let user = format!("{own}.{}", name(item, key));
                        for member in list(item, section) {
                            world.add(own, member, usage, &user);
                        }
                    }
                }
            }
        }
        for (_, users) in world.usages.values_mut().flatten() {
            users.sort_by_key(|user| user.split_once('.').map(|(_, item)| item.to_owned()));
        }
        world
    }

    fn add(&mut self, own: &str, member: &Value, usage: &'static str, user: &str) {
        let Some(target) = reference(member).or_else(|| reference(&member["items"])) else {
            return;
        };
        let usages = self.usages.entry(qualified(target, own)).or_default();
        if usages.iter().all(|(known, _)| *known != usage) {
            usages.push((usage, Vec::new()));
        }
        let users = usages.iter_mut().find(|(known, _)| *known == usage);
        let (_, users) = users.expect("just pushed");
        if !users.iter().any(|known| known == user) {
            users.push(user.to_owned());
        }
    }
}

struct Writer<'a> {
    generation: Generation,
    world: &'a World,
    domain: &'a str,
    out: String,
    /// What members refer to, in order, again and again.
    references: Vec<String>,
}

impl<'a> Writer<'a> {
    fn document(&mut self, domain: &'a Value) {
        let marks = self.marks(domain);
        let _ = write!(self.out, "\n### domain: {}{marks}", self.domain);
        self.paragraph(domain);
        let last = self.generation == Generation::D;
        if !last {
            self.types(domain);
        }
        for command in list(domain, "commands") {
            self.command(command);
        }
        for event in list(domain, "events") {
            self.event(event);
        }
        if last {
            self.types(domain);
        }
        self.definitions(domain);
    }

    fn types(&mut self, domain: &'a Value) {
        for item in list(domain, "types") {
            let (id, base) = (name(item, "id"), name(item, "type"));
            match self.generation {
                Generation::A => {}
                Generation::B | Generation::C => {
                    self.heading(&format!("type: {}.{id} = {base}", self.domain));
                    self.paragraph(item);
                    self.section("properties", item, "properties");
                }
                Generation::D => {
                    self.heading(&format!("type: {}.{id}", self.domain));
                    self.paragraph(item);
                    let _ = write!(self.out, "\n\n*base type*\n- **{base}**");
                    self.section("properties", item, "properties");
                    let usages = self.world.usages.get(&format!("{}.{id}", self.domain));
                    for (usage, users) in usages.into_iter().flatten() {
                        let _ = write!(self.out, "\n\n*{usage}*");
                        for user in users {
                            let _ = write!(self.out, "\n- [{user}]");
                        }
                    }
                }
            }
        }
    }

    fn command(&mut self, item: &'a Value) {
        let name = format!("{}.{}", self.domain, name(item, "name"));
        let marks = self.marks(item);
        match self.generation {
            Generation::A => self.heading(&format!("{name}()")),
            Generation::B | Generation::C => self.heading(&format!("command: {name}(){marks}")),
            Generation::D => self.heading(&format!("command: {name}{marks}")),
        }
        if self.generation != Generation::A {
            self.paragraph(item);
        }
        self.section("parameters", item, "parameters");
        self.section("returns", item, "returns");
        if self.generation == Generation::A {
            self.paragraph(item);
        }
    }

    fn event(&mut self, item: &'a Value) {
        let marks = self.marks(item);
        let name = name(item, "name");
        self.heading(&format!("event: {}.{name}{marks}", self.domain));
        match self.generation {
            Generation::A => {
                self.members("- ", item, "parameters");
                self.paragraph(item);
            }
            Generation::B => {
                self.paragraph(item);
                self.section("returns", item, "parameters");
            }
            Generation::C | Generation::D => {
                self.paragraph(item);
                self.section("parameters", item, "parameters");
            }
        }
    }

    fn heading(&mut self, content: &str) {
        self.out.push_str(match self.generation {
            Generation::A | Generation::B => "\n\n",
            Generation::C => "\n\n\n",
            Generation::D => "\n\n---\n\n\n",
        });
        let _ = write!(self.out, "#### {content}");
    }

    fn paragraph(&mut self, item: &Value) {
        if let Some(text) = item["description"].as_str() {
            let text = self.escaped(text);
            let _ = write!(self.out, "\n\n{text}");
        }
    }

    /// A backslash means something in the seed's layout, for the project's own adds
    /// that to it.
    fn escaped(&self, text: &str) -> String {
        match self.generation {
            Generation::B => super::odd::escaped(text),
            _ => text.to_owned(),
        }
    }

    fn section(&mut self, label: &str, item: &'a Value, key: &str) {
        if list(item, key).is_empty() {
            return;
        }
        match self.generation {
            Generation::A => {
                let _ = write!(self.out, "\n- {label}");
                self.members("  - ", item, key);
            }
            Generation::B => {
                let _ = write!(self.out, "\n\n*{label}*");
                let indent = if key == "properties" { "  - " } else { "- " };
                self.members(indent, item, key);
            }
            Generation::C | Generation::D => {
                let _ = write!(self.out, "\n\n*{label}*");
                self.members("- ", item, key);
            }
        }
    }

    fn members(&mut self, bullet: &str, item: &'a Value, key: &str) {
        for member in list(item, key) {
            let optional = match (self.generation.marks(), flag(member, "optional")) {
                (false, _) => "",
                (true, true) => "*optional* ",
                (true, false) => " ",
            };
            let (ty, marks) = (self.expression(member), self.marks(member));
            let text = member["description"].as_str().unwrap_or_default();
            let text = self.escaped(text.strip_suffix('.').unwrap_or(text));
            let name = name(member, "name");
            let _ = write!(self.out, "\n{bullet}{optional}`{name}` {ty}{marks} {text}");
        }
    }

    fn expression(&mut self, member: &'a Value) -> String {
        let is_array = member["type"] == "array";
        let item = if is_array { &member["items"] } else { member };
        let (word, is_reference) = match reference(item) {
            Some(target) if self.generation == Generation::A => (target.to_owned(), true),
            Some(target) => {
                let target = qualified(target, self.domain);
                self.references.push(target.clone());
                (target, true)
            }
            None => (name(item, "type").to_owned(), false),
        };
        let word = match (is_reference, self.generation) {
            (true, Generation::A) | (false, Generation::B) => word,
            _ => format!("[{word}]"),
        };
        match (self.generation, is_array) {
            (Generation::A, true) => format!("array of <{word}>"),
            (_, true) => format!("<array of {word}>"),
            (Generation::B, false) => format!("<{word}]>"),
            (_, false) => format!("<{word}>"),
        }
    }

    fn marks(&self, item: &Value) -> String {
        let mut marks = String::new();
        for (key, sign) in [("experimental", " \u{1F331}"), ("deprecated", " \u{1F342}")] {
            if self.generation.marks() && flag(item, key) {
                marks.push_str(sign);
            }
        }
        marks
    }

    fn definitions(&mut self, domain: &Value) {
        if self.generation == Generation::A {
            return;
        }
        self.out.push_str("\n\n");
        let mut lines = Vec::new();
        if self.generation == Generation::D {
            for item in list(domain, "types") {
                let id = format!("{}.{}", self.domain, name(item, "id"));
                for (usage, users) in self.world.usages.get(&id).into_iter().flatten() {
                    let kind = usage.rsplit(' ').next().unwrap_or_default();
                    lines.extend(
                        users
                            .iter()
                            .map(|user| definition(user, &format!("{kind}-"), "")),
                    );
                }
            }
        }
        let mut seen = Vec::new();
        for name in &self.references {
            let again = seen.contains(&name);
            seen.push(name);
            match self.generation {
                Generation::D => lines.push(definition(name, "type-", "")),
                _ if again => {}
                Generation::C => {
                    let base = self.world.bases.get(name).map_or("object", String::as_str);
                    lines.push(definition(name, "type-", &format!("--{base}")));
                }
                _ => lines.push(format!(
                    "[{name}]: {}.md#{}",
                    self.domain.to_lowercase(),
                    anchor(name)
                )),
            }
        }
        if self.generation.marks() {
            let words = ["boolean", "string", "number", "integer", "object", "any"];
            let page = "https://example.org/json";
            lines.extend(words.map(|word| format!("[{word}]: {page} \"JSON {word}\"")));
        }
        self.out.push_str(&lines.join("\n"));
    }
}

fn definition(name: &str, before: &str, behind: &str) -> String {
    let domain = name.split('.').next().unwrap_or_default().to_lowercase();
    let anchor = anchor(name);
    format!("[{name}]: {domain}.md#{before}{anchor}{behind} \"{name}\"")
}

fn anchor(name: &str) -> String {
    name.replace('.', "").to_lowercase()
}

/// What documents of a generation hold of a protocol: what an export of them must
/// say.
pub fn facts(protocol: &Value, generation: Generation) -> Value {
    let mut domains: Vec<Value> = list(protocol, "domains")
        .iter()
        .map(|domain| {
            let own = name(domain, "domain");
            let mut facts = about(domain, "domain", generation, true);
            let types = list(domain, "types").iter();
            let types = types.map(|item| {
                let mut facts = about(item, "id", generation, false);
                facts.insert("type".into(), item["type"].clone());
                push(
                    &mut facts,
                    "properties",
                    members(item, "properties", own, generation),
                );
                Value::Object(facts)
            });
            if generation != Generation::A {
                push(&mut facts, "types", types.collect());
            }
            for (kind, sections) in [
                ("commands", &["parameters", "returns"][..]),
                ("events", &["parameters"]),
            ] {
                let items = list(domain, kind).iter().map(|item| {
                    let mut facts = about(item, "name", generation, true);
                    for section in sections {
                        push(&mut facts, section, members(item, section, own, generation));
                    }
                    Value::Object(facts)
                });
                push(&mut facts, kind, items.collect());
            }
            Value::Object(facts)
        })
        .collect();
    domains.sort_by_key(|domain| name(domain, "domain").to_owned());
    json!({"version": {"major": "1", "minor": "3"}, "domains": domains})
}

fn members(item: &Value, section: &str, own: &str, generation: Generation) -> Vec<Value> {
    let members = list(item, section).iter();
    members
        .map(|member| {
            let mut facts = about(member, "name", generation, true);
            if let Some(Value::String(text)) = facts.get_mut("description")
                && text.ends_with('.')
            {
                text.pop();
            }
            if generation.marks() && flag(member, "optional") {
                facts.insert("optional".into(), true.into());
            }
            ty(&mut facts, member, own);
            Value::Object(facts)
        })
        .collect()
}

fn ty(facts: &mut Map<String, Value>, member: &Value, own: &str) {
    if let Some(target) = reference(member) {
        let local = target
            .strip_prefix(own)
            .and_then(|rest| rest.strip_prefix('.'));
        facts.insert("$ref".into(), local.unwrap_or(target).into());
        return;
    }
    facts.insert("type".into(), member["type"].clone());
    if member["type"] == "array" {
        let mut items = Map::new();
        ty(&mut items, &member["items"], own);
        facts.insert("items".into(), Value::Object(items));
    }
}

fn about(item: &Value, key: &str, generation: Generation, marks: bool) -> Map<String, Value> {
    let mut facts = Map::new();
    facts.insert(key.into(), item[key].clone());
    if let Some(text) = item["description"].as_str().filter(|text| !text.is_empty()) {
        facts.insert("description".into(), text.into());
    }
    for mark in ["experimental", "deprecated"] {
        if marks && generation.marks() && flag(item, mark) {
            facts.insert(mark.into(), true.into());
        }
    }
    facts
}

fn push(facts: &mut Map<String, Value>, key: &str, items: Vec<Value>) {
    if !items.is_empty() {
        facts.insert(key.into(), Value::Array(items));
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn name<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn flag(value: &Value, key: &str) -> bool {
    value[key] == true
}

fn reference(value: &Value) -> Option<&str> {
    value["$ref"].as_str()
}

fn qualified(name: &str, own: &str) -> String {
    if name.contains('.') {
        name.to_owned()
    } else {
        format!("{own}.{name}")
    }
}
