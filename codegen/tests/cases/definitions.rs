//! What is wrong with definitions of the protocol: JSON and PDL.

use super::Case;

pub(crate) fn all() -> Vec<Case> {
    let mut cases = json();
    cases.extend(json_facts());
    cases.extend(pdl());
    cases.extend(pdl_facts());
    cases
}

/// A JSON document, one line for each of its domains.
fn of(name: &'static str, domains: &str) -> Case {
    let text = format!(
        "{{\"version\": {{\"major\": \"1\", \"minor\": \"3\"}},\n\"domains\": [\n{domains}\n]}}\n"
    );
    (name, vec![("a.json", text)])
}

fn written(name: &'static str, text: &str) -> Case {
    (name, vec![("a.json", text.to_owned())])
}

fn json() -> Vec<Case> {
    vec![
        written("json_cut", "{\n  \"domains\": [\n    {\"domain\": \"A\""),
        written("json_of_html", "<!doctype html>\n"),
        written("json_empty", ""),
        written("json_list", "[]\n"),
        written(
            "json_without_domains",
            "{\"version\": {\"major\": \"1\"}}\n",
        ),
        written(
            "json_of_another_version",
            "{\"version\": {\"major\": \"2\", \"minor\": \"0\"}, \"domains\": []}\n",
        ),
        of("json_duplicate_key", r#"{"domain": "A", "domain": "B"}"#),
        of(
            "json_without_name",
            r#"{"domain": "A", "commands": [{"description": "Goes."}]}"#,
        ),
        of(
            "json_number_as_text",
            r#"{"domain": "A", "description": 7}"#,
        ),
        of(
            "json_word_as_mark",
            r#"{"domain": "A", "experimental": "true"}"#,
        ),
        of("json_object_as_list", r#"{"domain": "A", "events": {}}"#),
        of(
            "json_text_as_item",
            r#"{"domain": "A", "events": ["gone"]}"#,
        ),
        of(
            "json_unknown_keys",
            r#"{"domain": "A", "availability": "web", "commands": [{"name": "go", "handlers": []}, {"name": "stay", "handlers": []}]}"#,
        ),
    ]
}

fn json_facts() -> Vec<Case> {
    vec![
        of("json_name", r#"{"domain": "../A"}"#),
        of(
            "json_dependency",
            r#"{"domain": "A", "dependencies": ["B C"]}"#,
        ),
        of(
            "json_reference",
            r#"{"domain": "A", "types": [{"id": "T", "type": "array", "items": {"$ref": "B.C.D"}}]}"#,
        ),
        of(
            "json_unknown_type",
            r#"{"domain": "A", "types": [{"id": "T", "type": "strin"}]}"#,
        ),
        of(
            "json_without_type",
            r#"{"domain": "A", "types": [{"id": "T"}]}"#,
        ),
        of(
            "json_two_types",
            r#"{"domain": "A", "types": [{"id": "T", "type": "string", "$ref": "T"}]}"#,
        ),
        of(
            "json_nested_array",
            r#"{"domain": "A", "types": [{"id": "T", "type": "array", "items": {"type": "array"}}]}"#,
        ),
        of(
            "json_properties_of_string",
            r#"{"domain": "A", "types": [{"id": "T", "type": "string", "properties": [{"name": "x", "type": "any"}]}]}"#,
        ),
        of(
            "json_literals_of_integer",
            r#"{"domain": "A", "types": [{"id": "T", "type": "integer", "enum": ["one"]}]}"#,
        ),
        of(
            "json_reference_to_what_is_damaged",
            r#"{"domain": "A", "types": [{"id": "T", "type": "strin"}, {"id": "U", "type": "array", "items": {"$ref": "T"}}]}"#,
        ),
    ]
}

fn lines(name: &'static str, text: &str) -> Case {
    (name, vec![("a.pdl", text.to_owned())])
}

/// PDL of a domain with lines below it.
fn below(name: &'static str, text: &str) -> Case {
    lines(name, &format!("domain A\n{text}\n"))
}

fn pdl() -> Vec<Case> {
    vec![
        lines("pdl_misspelt", "domian A\n"),
        lines("pdl_of_json", "{\n  \"domains\": []\n}\n"),
        lines("pdl_two_words", "domain A B\n"),
        lines("pdl_mark_twice", "experimental experimental domain A\n"),
        lines(
            "pdl_of_another_version",
            "version\n  major 2\n  minor 0\n  patch 1\n",
        ),
        lines(
            "pdl_below_an_include",
            "include domains/A.pdl\n  command go\n",
        ),
        below("pdl_half_a_step", "   command go"),
        below("pdl_tab", "\tcommand go"),
        lines("pdl_below_nothing", "  command go\n"),
        below("pdl_unknown_item", "  comand go"),
        below("pdl_without_name", "  command"),
        below("pdl_without_base", "  type T"),
        below("pdl_dependency", "  depends A"),
        below(
            "pdl_unknown_section",
            "  command go\n    parameter\n      string x",
        ),
        below(
            "pdl_section_of_event",
            "  event gone\n    returns\n      string x",
        ),
        below(
            "pdl_duplicate_section",
            "  command go\n    returns\n      string x\n    returns\n      string y",
        ),
        below(
            "pdl_half_a_member",
            "  command go\n    parameters\n      optional string",
        ),
        below(
            "pdl_below_a_member",
            "  command go\n    parameters\n      string x\n        a",
        ),
        below(
            "pdl_two_literals",
            "  type T extends string\n    enum\n      one two",
        ),
        below(
            "pdl_lost_description",
            "  type T extends string\n    enum\n      # The first.\n      one\n      # The second.\n      two",
        ),
    ]
}

fn pdl_facts() -> Vec<Case> {
    vec![
        below("pdl_name", "  event go-ne"),
        below("pdl_reference", "  type T extends array of B.C.D"),
        below(
            "pdl_array_of_enum",
            "  type T extends object\n    properties\n      array of enum x",
        ),
        below(
            "pdl_nested_array",
            "  type T extends object\n    properties\n      array of array x",
        ),
        below(
            "pdl_properties_of_string",
            "  type T extends string\n    properties\n      string x",
        ),
        below(
            "pdl_literals_of_integer",
            "  type T extends integer\n    enum\n      one",
        ),
        below("pdl_unknown_reference", "  type T extends array of Strin"),
    ]
}
