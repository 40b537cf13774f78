//! What uses each line of a listing, so that a compiler can say which lines are
//! still true.

use super::line::{Kind, Line};

/// A function of this number that uses what the line promises, in one line; `None`
/// for what no code can show: that a call is refused, or what only a feature adds.
pub(super) fn of(line: &Line<'_>, number: usize) -> Option<String> {
    if line.mirror {
        return None;
    }
    let name = format!("f{number}");
    let (owner, last) = (line.owner(), raw(line.path));
    let path = line.path;
    Some(match line.kind {
        Kind::Module => format!("use cdp_heapprofiler::protocol::{path} as {name};"),
        Kind::Struct | Kind::Enum => format!("fn {name}(x: {path}) {{}}"),
        Kind::Trait => format!(
            "fn {name}<C: {path}>(x: C) {{ fn g{} {{}} }}",
            bound(line.body)
        ),
        Kind::Field => {
            let ty = line.body.trim_start_matches(": ");
            format!("fn {name}(x: {owner}) -> {ty} {{ x.{last} }}")
        }
        Kind::Variant => match line.body.strip_prefix('(') {
            Some(content) => {
                let content = content.trim_end_matches(')');
                format!("fn {name}(x: {content}) -> {owner} {{ {owner}::{last}(x) }}")
            }
            None => format!("fn {name}() -> {owner} {{ {owner}::{last} }}"),
        },
        Kind::Function => function(&name, owner, &last, line.body),
        Kind::Type => {
            let ty = line.body.trim_start_matches(" = ");
            format!("fn {name}(x: <{owner} as Command>::{last}) -> {ty} {{ x }}")
        }
        Kind::Impl => {
            let wanted = line.key.trim_start_matches("impl ");
            let wanted = wanted.split(" for ").next().unwrap_or("");
            format!("fn {name}() where {path}: {} {{}}", imported(wanted))
        }
        Kind::Blanket => {
            format!("fn {name}<C: Client>(x: C) {{ fn g<D: {path}>(d: D) {{}} g(x); }}")
        }
        Kind::Macro => conversions(&name, line)?,
        Kind::Check | Kind::Other => return None,
    })
}

/// The last name of a path, as code has it.
fn raw(path: &str) -> String {
    let name = path.rsplit("::").next().unwrap_or(path);
    match syn::parse_str::<syn::Ident>(name) {
        Ok(_) => name.to_owned(),
        Err(_) => format!("r#{name}"),
    }
}

/// The bounds of a trait, on a parameter of their own.
fn bound(body: &str) -> String {
    format!("<D: {}>(d: D)", body.trim_start_matches(": "))
}

fn imported(name: &str) -> String {
    match name {
        "Deserialize" => "wire::Deserialize<'static>".to_owned(),
        "Serialize" => "wire::Serialize".to_owned(),
        "Debug" => "std::fmt::Debug".to_owned(),
        "Hash" => "std::hash::Hash".to_owned(),
        name => name.to_owned(),
    }
}

/// A call with arguments of the types that are listed.
fn function(name: &str, owner: &str, method: &str, body: &str) -> String {
    let end = body.rfind(") -> ").unwrap_or(body.len() - 1);
    let result = body[end..].trim_start_matches(") -> ").trim_matches(')');
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (index, argument) in body[1..end].split(", ").enumerate() {
        match argument.split_once(": ") {
            Some((_, ty)) => {
                parameters.push(format!("a{index}: {ty}"));
                values.push(format!("a{index}"));
            }
            None if argument.is_empty() => {}
            // `self` or `&self`
            None => {
                parameters.push(format!("this: {}Owner", argument.trim_end_matches("self")));
                values.push("this".to_owned());
            }
        }
    }
    let (parameters, values) = (parameters.join(", "), values.join(", "));
    if result.contains("Self::Reply") {
        // A method of a trait: any client has it.
        let parameters = parameters.replace("Owner", "C");
        return format!("fn {name}<C: Client>({parameters}) {{ {owner}::{method}({values}); }}");
    }
    let result = result.replace("Self", owner);
    let parameters = parameters.replace("Owner", owner);
    format!("fn {name}({parameters}) -> {result} {{ {owner}::{method}({values}) }}")
}

/// What the macros of `wire` make of a type.
fn conversions(name: &str, line: &Line<'_>) -> Option<String> {
    let path = line.path;
    let of =
        |result: &str, method: &str| format!("fn {name}(x: {path}) -> {result} {{ x.{method}() }}");
    let call = line.key.split("!(").next().unwrap_or("");
    let inner = line.body.trim_start_matches(", ").trim_end_matches(')');
    Some(match call {
        "wire::string_newtype" => of("String", "into_string"),
        "wire::integer_newtype" => of("i64", "get"),
        "wire::number_newtype" => of("f64", "get"),
        "wire::boolean_newtype" => of("bool", "get"),
        "wire::convert" | "wire::newtype" => of(inner, "into"),
        "wire::read_newtype" => {
            format!("fn {name}() where {path}: wire::Deserialize<'static> {{}}")
        }
        "wire::write_newtype" => format!("fn {name}() where {path}: wire::Serialize {{}}"),
        _ => return None,
    })
}
