//! Pairs of an old and a new domain, and a program that used the old one.

use super::Class;

/// What becomes of the program with the new domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It compiles, perhaps with a warning.
    Compiles,
    /// It does not compile.
    Breaks,
    /// It compiles, and its `run` panics.
    Fails,
}

/// A change of a domain, its class, and who feels it.
pub(super) struct Pair {
    /// The name of the domain, in one word.
    pub name: &'static str,
    /// `None` if the API is the same.
    pub class: Option<Class>,
    pub fate: Fate,
    /// The items before and after; there is no domain without any.
    pub old: String,
    pub new: String,
    /// Items of a module that has all of the domain's module in scope.
    pub program: &'static str,
}

impl Pair {
    fn new(name: &'static str, class: Option<Class>, fate: Fate) -> Self {
        let (old, new) = (String::new(), String::new());
        Self {
            name,
            class,
            fate,
            old,
            new,
            program: "",
        }
    }

    fn of(self, old: impl Into<String>, new: impl Into<String>, program: &'static str) -> Self {
        Self {
            old: old.into(),
            new: new.into(),
            program,
            ..self
        }
    }

    /// A document of the items, in which `D` is the domain; nothing without items.
    pub(super) fn document(&self, items: &str) -> Option<String> {
        let name = self.name;
        let items = items.replace("D.", &format!("{name}."));
        (!items.is_empty()).then(|| {
            let labels = ["Id", "Kind", "Thing"].into_iter();
            let used = labels.filter(|label| items.contains(&format!("<[{name}.{label}]")));
            let definitions: String = used
                .map(|label| format!("[{name}.{label}]: x.md#x\n"))
                .collect();
            format!("\n### domain: {name}\n{items}\n{definitions}")
        })
    }
}

fn patch(name: &'static str) -> Pair {
    Pair::new(name, None, Fate::Compiles)
}

fn minor(name: &'static str) -> Pair {
    Pair::new(name, Some(Class::Minor), Fate::Compiles)
}

fn major(name: &'static str) -> Pair {
    Pair::new(name, Some(Class::Major), Fate::Breaks)
}

/// Major by what it does, not by what it is.
fn failing(name: &'static str) -> Pair {
    Pair::new(name, Some(Class::Major), Fate::Fails)
}

/// Members as `count integer, depth integer?, id D.Id`; what else there is of one
/// follows its type.
fn members(heading: &str, members: &str) -> String {
    let mut text = String::new();
    for member in members.split(", ").filter(|member| !member.is_empty()) {
        let (name, rest) = member.split_once(' ').unwrap();
        let end = rest.find([' ', '\n']).unwrap_or(rest.len());
        let (ty, rest) = rest.split_at(end);
        let optional = if ty.ends_with('?') { "*optional* " } else { "" };
        let ty = ty.trim_end_matches('?');
        let ty = if ty.contains('.') {
            format!("[{ty}]")
        } else {
            ty.to_owned()
        };
        text += &format!("- {optional}`{name}` <{ty}]>{rest}\n");
    }
    if text.is_empty() {
        text
    } else {
        format!("\n*{heading}*\n{text}")
    }
}

fn command(name: &str, parameters: &str, returns: &str) -> String {
    let parameters = members("parameters", parameters);
    let returns = members("returns", returns);
    format!("\n#### command: D.{name}()\n{parameters}{returns}")
}

fn push(parameters: &str) -> String {
    command("push", parameters, "")
}

fn get(returns: &str) -> String {
    command("get", "", returns)
}

fn event(name: &str, parameters: &str) -> String {
    format!("\n#### event: D.{name}\n{}", members("returns", parameters))
}

fn alias(name: &str, base: &str) -> String {
    format!("\n#### type: D.{name} = {base}\n")
}

fn kind(literals: &str) -> String {
    let literals = literals.split(' ').map(|text| format!("- `{text}`\n"));
    format!(
        "{}\n*enum*\n{}",
        alias("Kind", "string"),
        literals.collect::<String>()
    )
}

fn thing(properties: &str) -> String {
    alias("Thing", "object") + &members("properties", properties)
}

/// A client that answers everything with nothing.
const CLIENT: &str = "
    struct Empty;
    impl Client for Empty {
        type Reply<'a, C: Command + 'a> = ();
        fn call<'a, C: Command + 'a>(&'a self, _: C) {}
    }
    fn f() { Empty.push(Push::new(1)) }
";

/// Every rule that what is emitted can meet.
pub(super) fn pairs() -> Vec<Pair> {
    [patches(), minors(), majors(), failures()]
        .into_iter()
        .flatten()
        .collect()
}

fn patches() -> Vec<Pair> {
    let used = "fn f() -> Push { Push::new(1).depth(2) }";
    vec![
        patch("Texts").of(
            push("count integer, depth integer?"),
            push("count integer Words, depth integer?"),
            used,
        ),
        patch("Marks").of(
            push("count integer, depth integer?"),
            push("count integer, depth integer?").replace("()", "() \u{1f331}"),
            used,
        ),
        patch("Places").of(
            push("count integer, depth integer?"),
            push("depth integer?, count integer"),
            used,
        ),
        patch("Open").of(
            get("value object"),
            get("value any"),
            "fn f(got: GetReturns) -> cdp_heapprofiler::wire::Json { got.value }",
        ),
    ]
}

fn minors() -> Vec<Pair> {
    vec![
        minor("Parameter").of(
            push("count integer"),
            push("count integer, depth integer?"),
            "fn f() { let Push { count, .. } = Push::new(1); }",
        ),
        minor("Answer").of(
            get("id integer"),
            get("id integer, name string?"),
            "fn f(got: GetReturns) { let GetReturns { id, .. } = got; }",
        ),
        minor("First").of(
            push(""),
            command("push", "", "name string?"),
            "fn f() { let PushReturns { .. } = PushReturns::default(); }",
        ),
        minor("Property").of(
            thing("id integer") + &push("thing D.Thing") + &get("thing D.Thing"),
            thing("id integer, name string?") + &push("thing D.Thing") + &get("thing D.Thing"),
            "fn f(got: GetReturns) { Push::new(Thing::new(got.thing.id)); }",
        ),
        minor("Command").of(
            push("count integer"),
            push("count integer") + &get("id integer"),
            CLIENT,
        ),
        minor("Event").of(
            event("begun", "at number"),
            event("begun", "at number") + &event("ended", ""),
            "fn f(event: EventEvent) { match event { EventEvent::Begun(it) => {} _ => {} } }",
        ),
        minor("Literal").of(
            kind("one") + &get("kind D.Kind"),
            kind("one two") + &get("kind D.Kind"),
            "fn f(kind: Kind) { match kind { Kind::One => {} _ => {} } }",
        ),
        minor("Domain").of(
            "",
            event("begun", ""),
            "use cdp_heapprofiler::protocol::AnyEvent;
             fn f(event: AnyEvent) { match event { AnyEvent::Unknown(_) => {} _ => {} } }",
        ),
        minor("Deprecated").of(
            push("count integer, depth integer?"),
            push("count integer, depth integer? \u{1f342}").replace("()", "() \u{1f342}"),
            "fn f() -> Push { Push::new(1).depth(2) }
             fn g(client: &impl DeprecatedCommands) { client.push(f()); }",
        ),
        minor("Wider").of(
            push("count integer\n  *range* 1..=4 it ends"),
            push("count integer\n  *range* 1..=5 it ends"),
            "fn f() { let _ = encode_request(1, None, &Push::new(4)); }",
        ),
        minor("Unranged").of(
            push("count integer\n  *range* 1..=4 it ends"),
            push("count integer"),
            "fn f() { let _ = encode_request(1, None, &Push::new(4)); }",
        ),
        minor("Sent").of(
            thing("id integer") + &get("thing D.Thing"),
            thing("id integer") + &get("thing D.Thing") + &push("thing D.Thing"),
            "fn f() { let _ = decode::<Thing>(\"{}\"); }",
        ),
        minor("Received").of(
            thing("id integer") + &push("thing D.Thing"),
            thing("id integer") + &push("thing D.Thing") + &get("thing D.Thing"),
            "fn f() { let _ = encode(&Thing::new(1)); }",
        ),
    ]
}

fn majors() -> Vec<Pair> {
    let used = "fn f() -> Push { Push::new(1) }";
    let id = "fn f(id: Id) -> (Id, Id) { (id, id) }";
    vec![
        major("Require").of(
            push("count integer"),
            push("count integer, depth integer"),
            used,
        ),
        major("Release").of(push("count integer"), push("count integer?"), used),
        major("Demand").of(
            push("count integer?"),
            push("count integer"),
            "fn f() -> Push { Push::new().count(1) }",
        ),
        major("Drop").of(
            push("count integer, depth integer?"),
            push("count integer"),
            "fn f() -> Push { Push::new(1).depth(2) }",
        ),
        major("Retype").of(
            push("count integer"),
            push("count number"),
            "fn f() -> Push { Push::new(1_i64) }",
        ),
        major("Bytes").of(
            push("data string"),
            push("data binary"),
            "fn f() -> Push { Push::new(\"eA==\") }",
        ),
        major("Order").of(
            push("count integer, deep boolean"),
            push("deep boolean, count integer"),
            "fn f() -> Push { Push::new(1, true) }",
        ),
        major("Absent").of(
            get("id integer"),
            get("id integer?"),
            "fn f(got: GetReturns) -> i64 { got.id }",
        ),
        major("Present").of(
            get("id integer?"),
            get("id integer"),
            "fn f(got: GetReturns) -> i64 { got.id.unwrap_or(1) }",
        ),
        major("Lost").of(
            get("id integer, name string?"),
            get("id integer"),
            "fn f(got: GetReturns) -> Option<String> { got.name }",
        ),
        major("Boxed").of(
            thing("next any?") + &get("thing D.Thing"),
            thing("next D.Thing?") + &get("thing D.Thing"),
            "fn f(thing: Thing) -> Option<cdp_heapprofiler::wire::Json> { thing.next }",
        ),
        major("Uncommand").of(
            push("") + &get(""),
            push(""),
            "fn f() -> Get { Get::new() }",
        ),
        major("Unmethod").of(push("count integer") + &get(""), get(""), CLIENT),
        major("Unevent").of(
            event("begun", "") + &event("ended", ""),
            event("begun", ""),
            "fn f(event: UneventEvent) { if let UneventEvent::Ended(_) = event {} }",
        ),
        major("Untype").of(
            thing("id integer") + &get("thing D.Thing"),
            get("thing object"),
            "fn f(thing: Thing) -> i64 { thing.id }",
        ),
        major("Undomain").of(event("begun", ""), "", "fn f(event: BegunEvent) {}"),
        major("Unliteral").of(
            kind("one two") + &get("kind D.Kind"),
            kind("one") + &get("kind D.Kind"),
            "fn f() -> Kind { Kind::Two }",
        ),
        major("Unenum").of(
            kind("one") + &get("kind D.Kind"),
            alias("Kind", "string") + &get("kind D.Kind"),
            "fn f() -> Kind { Kind::One }",
        ),
        major("Reshape").of(
            thing("id integer") + &push("thing D.Thing"),
            alias("Thing", "object") + &push("thing D.Thing"),
            "fn f(thing: Thing) -> i64 { thing.id }",
        ),
        major("Uncopy").of(
            alias("Id", "integer") + &get("id D.Id"),
            alias("Id", "string") + &get("id D.Id"),
            id,
        ),
        major("Unhash").of(
            alias("Id", "integer") + &get("id D.Id"),
            alias("Id", "number") + &get("id D.Id"),
            "fn f(ids: std::collections::HashSet<Id>, id: Id) -> bool { ids.contains(&id) }",
        ),
        major("Rewrap").of(
            alias("Id", "array of integer") + &get("id D.Id"),
            alias("Id", "array of number") + &get("id D.Id"),
            "fn f() -> Id { Id(vec![1_i64]) }",
        ),
        major("Unsent").of(
            thing("id integer") + &push("thing D.Thing") + &get("thing D.Thing"),
            thing("id integer") + &get("thing D.Thing"),
            "fn f(thing: &Thing) { let _ = encode(thing); }",
        ),
        major("Unreceived").of(
            thing("id integer") + &push("thing D.Thing") + &get("thing D.Thing"),
            thing("id integer") + &push("thing D.Thing"),
            "fn f() { let _ = decode::<Thing>(\"{}\"); }",
        ),
    ]
}

fn failures() -> Vec<Pair> {
    vec![
        failing("Promise").of(
            get("id integer"),
            get("id integer, name string"),
            "pub fn run() { decode::<GetReturns>(\"{\\\"id\\\": 1}\").unwrap(); }",
        ),
        failing("Narrower").of(
            push("count integer\n  *range* 1..=4 it ends"),
            push("count integer\n  *range* 1..=3 it ends"),
            "pub fn run() { encode_request(1, None, &Push::new(4)).unwrap(); }",
        ),
        failing("Ranged").of(
            push("count integer"),
            push("count integer\n  *range* ..=3 it ends"),
            "pub fn run() { encode_request(1, None, &Push::new(4)).unwrap(); }",
        ),
        failing("Swap").of(
            push("width integer, height integer"),
            push("height integer, width integer"),
            "pub fn run() { assert_eq!(Push::new(1, 2).width, 1); }",
        ),
    ]
}
