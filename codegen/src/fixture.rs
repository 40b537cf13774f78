//! Protocols made by hand, for tests of what comes after the model.

use std::cell::Cell;

use crate::fact::Facts;
use crate::model::{
    About, Command, Direction, Domain, DomainId, Event, Literal, Member, Protocol, Range, Shape,
    Type, TypeDef, TypeId,
};
use crate::range::{Bounds, Sides};
use crate::source::{SourceId, Span};

/// Which way a type goes.
pub(crate) const SENT: Direction = Direction {
    sent: true,
    received: false,
};
pub(crate) const RECEIVED: Direction = Direction {
    sent: false,
    received: true,
};
pub(crate) const BOTH: Direction = Direction {
    sent: true,
    received: true,
};

/// A protocol in the making. Types are numbered in the order of their making.
#[derive(Default)]
pub(crate) struct Make {
    pub protocol: Protocol,
    at: Cell<u32>,
}

impl Make {
    /// Every name stands in a place of its own.
    fn span(&self) -> Span {
        let start = self.at.get();
        self.at.set(start + 10);
        Span {
            source: SourceId(0),
            start,
            end: start + 5,
        }
    }

    pub(crate) fn about(&self, name: &str, text: &str) -> About {
        About {
            name: name.to_owned(),
            span: self.span(),
            text: text.to_owned(),
            reason: None,
            stated: Facts::new(),
            part: None,
            experimental: false,
            deprecated: false,
        }
    }

    pub(crate) fn member(&self, name: &str, ty: Type, text: &str) -> Member {
        Member {
            about: self.about(name, text),
            ty,
            literals: Vec::new(),
            range: None,
            optional: false,
            boxed: false,
            optional_inferred: false,
        }
    }

    pub(crate) fn optional(&self, name: &str, ty: Type, text: &str) -> Member {
        Member {
            optional: true,
            ..self.member(name, ty, text)
        }
    }

    /// Gives a parameter a range.
    pub(crate) fn ranged(member: Member, bounds: Bounds, why: &str) -> Member {
        let why = why.to_owned();
        Member {
            range: Some(Range { bounds, why }),
            ..member
        }
    }

    pub(crate) fn literals<S: AsRef<str>>(&self, texts: &[S]) -> Vec<Literal> {
        let literal = |text: &S| Literal {
            text: text.as_ref().to_owned(),
            span: self.span(),
        };
        texts.iter().map(literal).collect()
    }

    /// A new domain; what is made next belongs to it.
    pub(crate) fn domain(&mut self, name: &str, text: &str) -> &mut Domain {
        let domain = Domain {
            about: self.about(name, text),
            some: None,
            documents: vec![format!("spec/{}.md", name.to_lowercase())],
            dependencies: Vec::new(),
            types: Vec::new(),
            commands: Vec::new(),
            events: Vec::new(),
        };
        self.protocol.domains.push(domain);
        self.last()
    }

    pub(crate) fn type_def(
        &mut self,
        name: &str,
        text: &str,
        direction: Direction,
        shape: Shape,
    ) -> Type {
        let id = TypeId(self.protocol.types.len());
        let type_def = TypeDef {
            domain: DomainId(self.protocol.domains.len() - 1),
            about: self.about(name, text),
            shape,
            direction,
        };
        self.protocol.types.push(type_def);
        self.last().types.push(id);
        Type::Ref(id)
    }

    pub(crate) fn command(
        &mut self,
        name: &str,
        text: &str,
        parameters: Vec<Member>,
        returns: Vec<Member>,
    ) -> &mut About {
        let about = self.about(name, text);
        let commands = &mut self.last().commands;
        commands.push(Command {
            about,
            redirect: None,
            parameters,
            returns,
        });
        let last = commands.len() - 1;
        &mut commands[last].about
    }

    pub(crate) fn event(&mut self, name: &str, text: &str, parameters: Vec<Member>) {
        let about = self.about(name, text);
        self.last().events.push(Event { about, parameters });
    }

    fn last(&mut self) -> &mut Domain {
        let last = self.protocol.domains.len() - 1;
        &mut self.protocol.domains[last]
    }
}

/// Compares with the snapshot of that name in `tests/snapshots`.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A list of something.
pub(crate) fn array(items: Type) -> Type {
    Type::Array(Some(Box::new(items)))
}

/// A protocol like those there are, with a bit of everything.
pub(crate) fn small() -> Protocol {
    let mut make = Make::default();
    make.domain(
        "HeapProfiler",
        "Looks into the heap.\n\nSee https://example.org/heap.",
    )
    .documents
    .push("spec/overlay/heapprofiler.md".to_owned());
    let id = Shape::Alias(Type::String);
    let id = make.type_def("HeapSnapshotObjectId", "Heap snapshot object id.", BOTH, id);
    let node = TypeId(1);
    let frame = Type::Ref(TypeId(2));
    let mut ordinal = make.optional("id", Type::Integer, "Node id");
    ordinal.about.reason = Some("Targets before 2019 leave it out.".to_owned());
    ordinal.about.experimental = true;
    let shape = Shape::Object(vec![
        make.member("callFrame", frame, "Function location"),
        make.member(
            "selfSize",
            Type::Number,
            "Size in bytes, excluding children",
        ),
        ordinal,
        make.member("children", array(Type::Ref(node)), "Child nodes"),
    ]);
    let text = "A node with its callsite. The heads of trees come with 'stopSampling'.";
    make.type_def("SamplingHeapProfileNode", text, RECEIVED, shape);
    make.domain("Runtime", "");
    let shape = Shape::Object(vec![
        make.member("functionName", Type::String, "JavaScript function name"),
        make.member(
            "lineNumber",
            Type::Integer,
            "Line number (0-based), -1 for `(root)`",
        ),
    ]);
    make.type_def("CallFrame", "Stack entry.", RECEIVED, shape);
    let mut kind = make.member("type", Type::String, "Object type");
    kind.literals = make.literals(&["object", "no-preference", "-Infinity"]);
    let mut deep = make.optional("deep", Type::Ref(TypeId(3)), "");
    deep.boxed = true;
    let value = make.optional(
        "value",
        Type::Any,
        "See HeapProfiler.SamplingHeapProfileNode",
    );
    let shape = Shape::Object(vec![kind, deep, value]);
    make.type_def("RemoteObject", "Mirror object.", BOTH, shape);
    make.type_def(
        "Timestamp",
        "Milliseconds.",
        BOTH,
        Shape::Alias(Type::Number),
    );
    make.event("executionContextsCleared", "", Vec::new());

    make.protocol.domains.rotate_left(1);
    for type_def in &mut make.protocol.types {
        type_def.domain.0 = 1 - type_def.domain.0;
    }
    heap_commands(&mut make, id);
    make.protocol.domains.rotate_left(1);
    for type_def in &mut make.protocol.types {
        type_def.domain.0 = 1 - type_def.domain.0;
    }
    make.protocol
}

fn heap_commands(make: &mut Make, id: Type) {
    let object = Type::Ref(TypeId(3));
    let mut old = make.optional(
        "treatGlobalObjectsAsRoots",
        Type::Boolean,
        "Says nothing now",
    );
    old.about.deprecated = true;
    let progress = "If true 'reportHeapSnapshotProgress' events will be generated";
    let progress = make.optional("reportProgress", Type::Boolean, progress);
    make.command("collectGarbage", "", Vec::new(), Vec::new());
    let parameters = vec![
        make.member("objectId", id, ""),
        make.optional("objectGroup", Type::String, "Symbolic group name"),
    ];
    let returns = vec![make.member("result", object, "Evaluation result")];
    let text = "Finds an object.\nIt walks the heap.";
    let about = make.command("getObjectByHeapObjectId", text, parameters, returns);
    about.deprecated = true;
    make.command("takeHeapSnapshot", "", vec![progress, old], Vec::new());
    let (min, max) = (Some(1.0), Some(147.0));
    let why = "more of it crashes\nHeapProfiler.stopSampling";
    let depth = make.optional("stackDepth", Type::Number, "");
    let depth = Make::ranged(depth, Bounds::Number(Sides { min, max }), why);
    make.command("startSampling", "", vec![depth], Vec::new());
    let node = vec![make.member("profile", Type::Ref(TypeId(1)), "")];
    make.command("stopSampling", "", Vec::new(), node);
    make.event("resetProfiles", "", Vec::new());
    let done = vec![
        make.member("done", Type::Integer, ""),
        make.optional("finished", Type::Boolean, "Comes with the last one"),
    ];
    let text = "Comes while takeHeapSnapshot() works.";
    make.event("reportHeapSnapshotProgress", text, done);
}

/// A protocol that tries to break out: of comments, literals, docs, names,
/// scopes and sizes.
pub(crate) fn nasty() -> Protocol {
    let mut make = Make::default();
    let domain = make.domain("Self", HOSTILE);
    domain.about.reason = Some(HOSTILE.to_owned());
    domain.documents = vec!["../a\n*/ fn x() {}".to_owned(), "b\u{202e}".to_owned()];
    names_in_scope(&mut make);
    recursion(&mut make);
    keywords(&mut make);
    enums(&mut make);
    make.domain("Empty", "");
    make.domain("Mod", "Refers to `Self.Value`, Self.Tree and 'type'.");
    let value = Type::Ref(TypeId(0));
    make.type_def("List", "", RECEIVED, Shape::Alias(array(value.clone())));
    make.event("type", "", vec![make.optional("value", value, HOSTILE)]);
    make.domain("type", "");
    make.type_def(
        "Unused",
        "See Mod.List.",
        BOTH,
        Shape::Alias(Type::Array(None)),
    );
    make.command(
        "List",
        "Fills Mod.List, says `Self.Value`.",
        Vec::new(),
        Vec::new(),
    );
    make.domain("Unknown", "See type.Unused.");
    make.event("known", HOSTILE, Vec::new());
    ranges(&mut make);
    taken(&mut make);
    moved(&mut make);
    across(&mut make);
    frowned_upon(&mut make);
    make.protocol
}

/// Bounds at the ends of what there is, and reasons that try to break out.
fn ranges(make: &mut Make) {
    make.domain("Ranges", "");
    let numbers = [
        (Some(-0.0), Some(f64::MAX)),
        (Some(f64::MIN), None),
        (None, Some(f64::MIN_POSITIVE)),
        (Some(0.1), Some(1e300)),
    ];
    let integers = [
        (Some(i64::MIN), Some(i64::MAX)),
        (Some(-1), None),
        (None, Some(0)),
    ];
    let mut members = Vec::new();
    for (index, (min, max)) in numbers.into_iter().enumerate() {
        let bounds = Bounds::Number(Sides { min, max });
        let member = make.member(&format!("number{index}"), Type::Number, HOSTILE);
        members.push(Make::ranged(member, bounds, HOSTILE));
    }
    for (index, (min, max)) in integers.into_iter().enumerate() {
        let bounds = Bounds::Integer(Sides { min, max });
        let member = make.optional(&format!("integer{index}"), Type::Integer, "");
        members.push(Make::ranged(member, bounds, HOSTILE));
    }
    make.command("check", "", members, Vec::new());
}

/// Types of the names that the output would give to what it makes of others.
fn taken(make: &mut Make) {
    make.domain("Taken", "");
    let mut kind = make.member("kind", Type::String, "");
    kind.literals = make.literals(&["one"]);
    let members = vec![kind];
    for name in ["TakenEvent", "TakenCommands", "Node"] {
        make.type_def(name, "", BOTH, Shape::Object(members.clone()));
    }
    for name in ["NodeKind", "GoReturns", "GoneEvent", "GoneEventKind"] {
        make.type_def(name, "", BOTH, Shape::Alias(Type::String));
    }
    make.command("go", "", members.clone(), members.clone());
    make.event("gone", "", members);
}

/// Commands that are said to be elsewhere, whether they are or not.
fn moved(make: &mut Make) {
    make.domain("Moved", "");
    for (name, domain) in [
        ("go", "Taken"),
        ("gone", "Taken"),
        ("type", "Self"),
        ("here", "Moved"),
        ("far", "*/ `Nowhere`\n# fn x() {}"),
    ] {
        make.command(name, "", Vec::new(), Vec::new());
        let commands = &mut make.last().commands;
        let last = commands.len() - 1;
        commands[last].redirect = Some(domain.to_owned());
    }
}

/// Types of two domains that hold each other, and bytes in all places.
fn across(make: &mut Make) {
    let here = Type::Ref(TypeId(make.protocol.types.len()));
    let there = Type::Ref(TypeId(make.protocol.types.len() + 1));
    let boxed = |make: &Make, name: &str, ty: Type| Member {
        boxed: true,
        ..make.optional(name, ty, HOSTILE)
    };
    make.domain("Across", "");
    let shape = Shape::Object(vec![
        boxed(make, "there", there),
        make.member("bytes", Type::Binary, ""),
    ]);
    make.type_def("Value", "", BOTH, shape);
    make.domain("Crossed", "");
    let shape = Shape::Object(vec![
        boxed(make, "back", here.clone()),
        make.optional("bytes", array(Type::Binary), ""),
    ]);
    make.type_def("Value", "", BOTH, shape);
    let parameters = vec![
        make.member("bytes", Type::Binary, ""),
        make.optional("more", Type::Binary, ""),
        make.optional("value", here.clone(), ""),
    ];
    let returns = vec![make.member("bytes", Type::Binary, "")];
    make.command("cross", "", parameters, returns);
    make.event("crossed", "", vec![make.member("values", array(here), "")]);
}

/// Names that clippy would have people not use.
fn frowned_upon(make: &mut Make) {
    make.domain("Frowned", "");
    let names = [
        "foo", "baz", "quux", "from_x", "into_x", "is_x", "to_x", "as_x",
    ];
    let required = names.map(|name| make.member(name, Type::Integer, ""));
    let optional = names.map(|name| make.optional(name, Type::Integer, ""));
    make.command("new", "", required.to_vec(), Vec::new());
    make.command("add", "", optional.to_vec(), Vec::new());
    let conversions = [
        "fromStr", "fromX", "intoX", "isX", "toX", "toXMut", "asX", "asXMut",
    ];
    let traits = [
        "from", "into", "neg", "next", "clone", "default", "drop", "eq", "cmp", "hash",
    ];
    let others = [
        "len", "isEmpty", "iter", "intoIter", "toString", "foo", "call",
    ];
    for name in conversions.iter().chain(&traits).chain(&others) {
        make.command(name, "", Vec::new(), Vec::new());
    }
    for (domain, ty) in [
        ("text", Type::String),
        ("count", Type::Integer),
        ("size", Type::Number),
        ("flag", Type::Boolean),
    ] {
        make.domain(domain, "");
        make.type_def("new", "", BOTH, Shape::Alias(ty));
    }
    make.domain("literal", "");
    let shape = Shape::Enum(make.literals(&["new", "newA", "newB"]));
    make.type_def("New", "", BOTH, shape);
    make.domain("object", "");
    make.type_def("NEW", "", SENT, Shape::Object(optional.to_vec()));
    make.domain("words", "");
    make.type_def("NE_W", "", SENT, Shape::Object(required.to_vec()));
}

/// Protocols that use only a part of what the hand-written support offers.
pub(crate) fn partial() -> Vec<Protocol> {
    let only = |fill: fn(&mut Make)| {
        let mut make = Make::default();
        make.domain("D", "");
        fill(&mut make);
        make.protocol
    };
    let literals = |make: &mut Make| {
        let shape = Shape::Enum(make.literals(&["one"]));
        make.type_def("T", "", BOTH, shape);
    };
    let alias = |make: &mut Make| {
        make.type_def("T", "", BOTH, Shape::Alias(Type::Integer));
    };
    let text = |make: &mut Make| {
        make.type_def("T", "", SENT, Shape::Alias(Type::String));
    };
    let sent = |make: &mut Make| {
        let member = make.optional("any", Type::Any, "");
        make.type_def("T", "", SENT, Shape::Object(vec![member]));
    };
    let received = |make: &mut Make| {
        let member = make.member("any", Type::Any, "");
        make.type_def("T", "", RECEIVED, Shape::Object(vec![member]));
    };
    let command = |make: &mut Make| {
        make.command("go", "", Vec::new(), Vec::new());
    };
    let event = |make: &mut Make| make.event("gone", "", Vec::new());
    let partial = [literals, alias, text, sent, received, command, event];
    std::iter::once(Protocol::default())
        .chain(partial.map(only))
        .collect()
}

/// What texts should never have.
pub(crate) const HOSTILE: &str = "*/ \" ' \\ } ]] #] --> <script>alert(1)</script> {} {0} %s \u{202e}evil\u{202c}\u{200b} \0 \u{7}\r
    let four = \"blanks\";\n\
\tlet tab = 0;

```
panic!()
```

``` not closed

~~~ panic!()

# heading
## heading
===
---
--|--
|--|
| a | b |
- item
+ item
* item
* * *
- - -
> quote
1. one
1) one
[0..100] [Foo] [Foo](bar) [Foo][bar] ![x](y) [^1] [a]: b
[a]: https://example.org
<p> </p> <br/> <!-- x <?x x@y.z <1@b.c> <https://example.org> <https://a b>
*bold* **bold** _it_ __it__ a_b a*b ~x~ ~~x~~ `code` `a ``b`` `lone
&lt; &amp; &#60; &#x3c; &nope &;
(see https://example.org/a_(b)?c=[d]*e_, http://example.org/x). xhttp://example.org http://
`multi
- line` trailing \\
Value: Value(x) `Value`: 'Value'(x) `Value`(x) Self.Value: Tree Self.Tree.value 'Value''Tree'";

/// Types of the names that the output itself uses.
fn names_in_scope(make: &mut Make) {
    let id = |ty| Shape::Alias(ty);
    make.type_def("Value", HOSTILE, BOTH, id(Type::String));
    for (name, ty) in [
        ("Error", Type::Integer),
        ("Option", Type::Number),
        ("Some", Type::Boolean),
        ("Vec", array(Type::Number)),
        ("Box", Type::Any),
        ("Self", Type::Object),
        ("String", Type::Array(None)),
        (
            "Result",
            Type::External("Not".to_owned(), "Here`*/".to_owned()),
        ),
        ("Debug", array(Type::Ref(TypeId(0)))),
        ("Alias", Type::Ref(TypeId(1))),
        ("C", Type::String),
        ("wire", Type::String),
        ("crate", Type::String),
        ("_", Type::String),
        ("_1", Type::String),
        ("Default", Type::Boolean),
        ("Ok", Type::Integer),
        ("Err", Type::Binary),
        ("None", Type::Number),
        ("Command", Type::String),
        ("Event", array(Type::Binary)),
        ("Method", Type::String),
        ("Client", Type::String),
        ("Binary", Type::Binary),
        ("Json", Type::Any),
        ("Read", Type::String),
        ("Deserialize", Type::String),
    ] {
        make.type_def(
            name,
            &format!("Not `{name}`, {name}, 'Debug'."),
            BOTH,
            id(ty),
        );
    }
    // Objects, for the macros that they call have type parameters.
    for name in ["A", "D", "E", "S", "T"] {
        let member = make.member("value", Type::String, "");
        make.type_def(name, "", BOTH, Shape::Object(vec![member]));
    }
}

fn recursion(make: &mut Make) {
    let tree = Type::Ref(TypeId(make.protocol.types.len()));
    let hedge = Type::Ref(TypeId(make.protocol.types.len() + 1));
    let boxed = |mut member: Member| {
        member.boxed = true;
        member
    };
    let shape = Shape::Object(vec![
        boxed(make.optional("next", tree.clone(), "Tree, Hedge, 'Hedge' or Self.Hedge")),
        Member {
            optional_inferred: true,
            ..boxed(make.optional("hedge", hedge, ""))
        },
        make.member("list", array(tree.clone()), ""),
        make.optional("lists", array(array(Type::Any)), ""),
    ]);
    make.type_def("Tree", "", BOTH, shape);
    let shape = Shape::Object(vec![boxed(make.optional("tree", tree.clone(), ""))]);
    make.type_def("Hedge", "", BOTH, shape);
    let sent = Shape::Object(vec![make.member("tree", tree.clone(), "")]);
    let sent = make.type_def("Sent", "", SENT, sent);
    let alias = make.type_def("SentAlias", "", SENT, Shape::Alias(sent.clone()));
    let list = make.type_def("SentList", "", SENT, Shape::Alias(array(sent.clone())));
    let object = Shape::Object(vec![make.optional("x", sent, "")]);
    let optional = make.type_def("SentOptional", "", SENT, object);
    let parameters = vec![
        make.member("alias", alias, ""),
        make.member("list", list, ""),
        boxed(make.member("boxed", optional, "")),
    ];
    make.command("send", "Sends 'Value' and Mod.List", parameters, Vec::new());
    let frame = vec![make.member("tree", tree.clone(), "")];
    let received = make.type_def("Received", "", RECEIVED, Shape::Object(frame));
    let alias = make.type_def("ReceivedAlias", "", RECEIVED, Shape::Alias(received));
    let returns = vec![
        make.member("alias", alias, ""),
        make.member("tree", tree, ""),
    ];
    make.command("receive", "", Vec::new(), returns);
}

fn keywords(make: &mut Make) {
    let names = [
        "self",
        "Self",
        "type",
        "crate",
        "super",
        "new",
        "add",
        "clone",
        "default",
        "value",
        "name",
        "serializer",
        "object",
        "async",
        "try",
        "gen",
        "_",
        "_1",
        "a1",
        "a_1",
        "snake_case",
    ];
    let strings = |required: bool| -> Vec<Member> {
        let names = names
            .iter()
            .filter(|name| **name != "Self" && **name != "a_1");
        let make = |name: &&str| Member {
            optional: !required,
            ..make.member(name, Type::String, HOSTILE)
        };
        names.map(make).collect()
    };
    let (required, optional) = (strings(true), strings(false));
    let mut deprecated = strings(false);
    for member in &mut deprecated {
        member.about.deprecated = true;
        member.about.experimental = true;
        member.about.reason = Some(HOSTILE.to_owned());
    }
    make.command("loop", HOSTILE, required.clone(), required.clone());
    make.command("super", HOSTILE, optional.clone(), optional);
    make.command("type", HOSTILE, deprecated, Vec::new())
        .deprecated = true;
    make.command("call", "", Vec::new(), Vec::new());
    make.event("crate", HOSTILE, required);
    make.event("none", "", Vec::new());
    make.event("some", "'some' is none of `none` and none()", Vec::new());
}

fn enums(make: &mut Make) {
    let texts = [
        "",
        "-",
        "--",
        "-0",
        "0",
        "1.5",
        "15",
        "-Infinity",
        "no-preference",
        "Unrecognized",
        "Self",
        "type",
        "None",
        "Some",
        "\"",
        "`",
        "a`b",
        "⭐",
        "a⭐b",
        "\n",
        " ",
        " x",
        "\u{202e}",
        "*/",
        "c++",
        "c",
        "text/html",
        "2d",
        "\\",
        "{}",
        "#[x]",
        "<p>",
    ];
    let shape = Shape::Enum(make.literals(&texts));
    make.type_def("Literals", HOSTILE, BOTH, shape);
    let many: Vec<_> = (0..1000).map(|index| format!("literal{index}")).collect();
    let shape = Shape::Enum(make.literals(&many));
    make.type_def("Many", "", BOTH, shape);
    let mut kind = make.optional("kind", Type::String, HOSTILE);
    kind.literals = make.literals(&texts);
    let mut kinds = make.member("kinds", array(Type::String), HOSTILE);
    kinds.literals = make.literals(&["one"]);
    let members = vec![kind, kinds];
    make.command("pick", "", members.clone(), members.clone());
    make.event("picked", "", members);
}
