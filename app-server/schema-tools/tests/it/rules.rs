//! Every rule bites, for those it should, and says where.

use std::collections::BTreeSet;

use codex_app_server_schema_tools::{Affects, Export, Report, Rule, Severity, diff};
use serde_json::{Value, json};

use crate::mini::{bundle, export, notification, object, request, to};

/// The findings of `report` as `severity rule affects path [old => new]`.
fn lines(report: &Report) -> Vec<String> {
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    report
        .findings
        .iter()
        .map(|it| {
            let (severity, affects) = (format!("{:?}", it.severity), format!("{:?}", it.affects));
            let (old, new) = (side(&it.old), side(&it.new));
            format!("{severity} {} {affects} {} [{old} => {new}]", it.rule.id(), it.path)
        })
        .collect()
}

/// What is found when field `a` of an object changes, once sent and once read.
fn field(old: Value, new: Value) -> Vec<String> {
    let types = |field: Value| export(json!({ "DoParams": object(field.clone()), "Told": object(field) }));
    lines(&diff(&types(old), &types(new)))
}

/// What is found when a whole type changes, without what stands there.
fn whole(old: Value, new: Value) -> Vec<String> {
    field(json!({ "a": old }), json!({ "a": new }))
        .into_iter()
        .map(|line| line.split(" [").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn fields_come_and_go() {
    let text = json!({ "type": "string" });
    assert_eq!(
        field(json!({}), json!({ "a": text })),
        [
            "Breaking required-field-added Sender do params.a [- => a: string]",
            "Additive required-field-added Reader told params.a [- => a: string]",
        ]
    );
    assert_eq!(
        field(json!({}), json!({ "a?": text })),
        [
            "Additive optional-field-added Sender do params.a [- => a?: string]",
            "Additive optional-field-added Reader told params.a [- => a?: string]",
        ]
    );
    assert_eq!(
        field(json!({ "a": text }), json!({})),
        [
            "Breaking field-removed Reader told params.a [a: string => -]",
            "Note field-removed Sender do params.a [a: string => -]",
        ]
    );
    let closed = |fields: Value| {
        let mut schema = object(fields);
        schema["additionalProperties"] = json!(false);
        export(json!({ "DoParams": schema }))
    };
    assert_eq!(
        lines(&diff(&closed(json!({ "a?": text })), &closed(json!({})))),
        ["Breaking field-forbidden Sender do params.a [a?: string => -]"]
    );
}

#[test]
fn fields_become_required_and_optional() {
    let (required, optional) = (json!({ "a": { "type": "string" } }), json!({ "a?": { "type": "string" } }));
    assert_eq!(
        field(optional.clone(), required.clone()),
        [
            "Breaking field-became-required Sender do params.a [a?: string => a: string]",
            "Note field-became-required Reader told params.a [a?: string => a: string]",
        ]
    );
    assert_eq!(
        field(required, optional),
        [
            "Breaking field-became-optional Reader told params.a [a: string => a?: string]",
            "Additive field-became-optional Sender do params.a [a: string => a?: string]",
        ]
    );
}

#[test]
fn null_comes_and_goes() {
    let (plain, nullable) = (json!({ "type": "string" }), json!({ "type": ["string", "null"] }));
    assert_eq!(
        field(json!({ "a": plain }), json!({ "a": nullable })),
        [
            "Breaking null-added Reader told params.a [string => string | null]",
            "Additive null-added Sender do params.a [string => string | null]",
        ]
    );
    assert_eq!(
        whole(nullable, plain),
        ["Breaking null-removed Sender do params.a", "Note null-removed Reader told params.a"]
    );
}

#[test]
fn enums_gain_and_lose_values() {
    let (few, more) = (json!({ "enum": ["x", "y"] }), json!({ "enum": ["y", "x", "z"] }));
    assert_eq!(
        field(json!({ "a": few }), json!({ "a": more })),
        [
            "Additive enum-value-added Sender do params.a [- => \"z\"]",
            "Additive enum-value-added Reader told params.a [- => \"z\"]",
        ]
    );
    assert_eq!(
        field(json!({ "a": more }), json!({ "a": few })),
        [
            "Breaking enum-value-removed Sender do params.a [\"z\" => -]",
            "Note enum-value-removed Reader told params.a [\"z\" => -]",
        ]
    );
    // A closed enum that takes any text is another thing.
    let (widened, narrowed) =
        (whole(few.clone(), json!({ "type": "string" })), whole(json!({ "type": "string" }), few));
    assert_eq!(widened, ["Breaking type-widened Reader told params.a", "Additive type-widened Sender do params.a"]);
    assert_eq!(narrowed, ["Breaking type-narrowed Sender do params.a", "Note type-narrowed Reader told params.a"]);
}

fn tagged(tag: &str, more: Value) -> Value {
    let mut fields = json!({ "type": { "const": tag } });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object(fields)
}

#[test]
fn unions_gain_and_lose_arms() {
    let one = json!({ "oneOf": [tagged("x", json!({}))] });
    let two = json!({ "oneOf": [tagged("y", json!({ "n": { "type": "integer" } })), tagged("x", json!({}))] });
    let three = json!({ "oneOf": [two["oneOf"][0], two["oneOf"][1], tagged("z", json!({}))] });
    assert_eq!(
        field(json!({ "a": two }), json!({ "a": three })),
        [
            "Additive union-arm-added Sender do params.a [- => { type: \"z\" }]",
            "Additive union-arm-added Reader told params.a [- => { type: \"z\" }]",
        ]
    );
    assert_eq!(
        whole(three, two.clone()),
        ["Breaking union-arm-removed Sender do params.a", "Note union-arm-removed Reader told params.a"]
    );
    assert_eq!(
        whole(one, two.clone()),
        ["Additive union-arm-added Sender do params.a", "Additive union-arm-added Reader told params.a"]
    );
    // Inside an arm, the arm is named.
    let changed = json!({ "oneOf": [tagged("x", json!({})), tagged("y", json!({ "n": { "type": "number" } }))] });
    assert_eq!(
        field(json!({ "a": two }), json!({ "a": changed })),
        [
            "Breaking type-widened Reader told params.a<y>.n [integer => number]",
            "Additive type-widened Sender do params.a<y>.n [integer => number]",
        ]
    );
}

#[test]
fn unions_without_tags_are_matched_by_their_fields() {
    let only = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } }, "required": [name], "additionalProperties": false });
    let old = json!({ "oneOf": [{ "enum": ["now"] }, only("later"), only("never")] });
    let new = json!({ "oneOf": [only("never"), only("soon"), { "enum": ["now"] }, only("later")] });
    assert_eq!(
        whole(old, new),
        ["Additive union-arm-added Sender do params.a", "Additive union-arm-added Reader told params.a"]
    );
    let arm = |fields: Value| object(fields);
    let text = json!({ "type": "string" });
    let old =
        json!({ "anyOf": [arm(json!({ "text": text, "uri": text })), arm(json!({ "blob": text, "uri": text }))] });
    let new =
        json!({ "anyOf": [arm(json!({ "blob": text, "uri": text })), arm(json!({ "text?": text, "uri": text }))] });
    assert_eq!(
        whole(old, new),
        [
            "Breaking field-became-optional Reader told params.a.text",
            "Additive field-became-optional Sender do params.a.text"
        ]
    );
}

#[test]
fn arms_that_became_one_are_both_compared_with_it() {
    let text = json!({ "type": "string" });
    let old = json!({ "oneOf": [tagged("x", json!({ "url": text })), tagged("x", json!({ "id": text }))] });
    let new = json!({ "oneOf": [tagged("x", json!({ "url?": text, "id?": text })), tagged("y", json!({}))] });
    let found = whole(old, new);
    assert!(found.iter().all(|line| !line.contains("union-arm-removed")), "{found:?}");
    assert!(found.contains(&"Breaking field-became-optional Reader told params.a<x>.url".to_owned()), "{found:?}");
    assert!(found.contains(&"Breaking field-became-optional Reader told params.a<x>.id".to_owned()), "{found:?}");
}

#[test]
fn types_change() {
    let (text, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
    let changed = ["Breaking type-changed Sender do params.a", "Breaking type-changed Reader told params.a"];
    assert_eq!(whole(text.clone(), number.clone()), changed);
    assert_eq!(whole(text.clone(), json!({ "type": "array", "items": text })), changed);
    let widened = ["Breaking type-widened Reader told params.a", "Additive type-widened Sender do params.a"];
    assert_eq!(whole(text.clone(), json!(true)), widened);
    assert_eq!(whole(json!({ "type": "integer" }), number.clone()), widened);
    assert_eq!(whole(text.clone(), json!({ "type": ["string", "object"] })), widened);
    let narrowed = ["Breaking type-narrowed Sender do params.a", "Note type-narrowed Reader told params.a"];
    assert_eq!(whole(json!({}), text.clone()), narrowed);
    assert_eq!(whole(number, json!({ "type": "integer" })), narrowed);
    // Who tells two types apart meets a third as an arm.
    assert_eq!(
        whole(json!({ "type": ["string", "object"] }), json!({ "type": ["string", "object", "array"] })),
        ["Additive union-arm-added Sender do params.a", "Additive union-arm-added Reader told params.a"]
    );
}

#[test]
fn ranges_change() {
    let integer = |format: &str| json!({ "type": "integer", "format": format });
    let widened = ["Breaking range-widened Reader told params.a", "Additive range-widened Sender do params.a"];
    let narrowed = ["Breaking range-narrowed Sender do params.a", "Note range-narrowed Reader told params.a"];
    assert_eq!(whole(integer("int32"), integer("int64")), widened);
    assert_eq!(whole(integer("int64"), integer("uint32")), narrowed);
    assert_eq!(whole(json!({ "type": "number", "minimum": 1 }), json!({ "type": "number", "minimum": 0.5 })), widened);
    assert_eq!(whole(json!({ "type": "string" }), json!({ "type": "string", "minLength": 1 })), narrowed);
    assert_eq!(whole(json!({ "type": "array" }), json!({ "type": "array", "maxItems": 3 })), narrowed);
    assert_eq!(whole(json!({ "type": "string" }), json!({ "type": "string", "minLength": 0 })), [""; 0]);
    // One bound moved in, the other out.
    assert_eq!(whole(integer("int32"), integer("uint32")).len(), 4);
}

#[test]
fn elements_and_maps_are_followed() {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer" });
    assert_eq!(
        whole(list(text.clone()), list(number.clone())),
        ["Breaking type-changed Sender do params.a[]", "Breaking type-changed Reader told params.a[]"]
    );
    assert_eq!(
        whole(list(json!([text, text])), list(json!([text, number]))),
        ["Breaking type-changed Sender do params.a[1]", "Breaking type-changed Reader told params.a[1]"]
    );
    let tuple = json!({ "type": "array", "prefixItems": [text, text] });
    assert_eq!(whole(list(json!([text, text])), tuple), [""; 0]);
    let map = |values: Value| json!({ "type": "object", "additionalProperties": values });
    assert_eq!(
        whole(map(text.clone()), map(number)),
        ["Breaking type-changed Sender do params.a.*", "Breaking type-changed Reader told params.a.*"]
    );
    assert_eq!(
        whole(map(text.clone()), map(json!(true))),
        ["Breaking type-widened Reader told params.a.*", "Additive type-widened Sender do params.a.*"]
    );
}

#[test]
fn additional_properties_open_and_close() {
    let (open, closed) = (json!({ "type": "object" }), json!({ "type": "object", "additionalProperties": false }));
    assert_eq!(
        whole(open.clone(), closed.clone()),
        [
            "Breaking additional-properties-closed Sender do params.a",
            "Note additional-properties-closed Reader told params.a",
        ]
    );
    assert_eq!(
        whole(closed, open),
        [
            "Additive additional-properties-opened Sender do params.a",
            "Additive additional-properties-opened Reader told params.a",
        ]
    );
}

#[test]
fn defaults_are_noted() {
    let with = |default: Value| json!({ "a?": { "type": "string", "default": default } });
    assert_eq!(field(with(json!("x")), with(json!("y"))), ["Note default-changed Sender do params.a [\"x\" => \"y\"]"]);
    assert_eq!(field(with(json!(null)), json!({ "a?": { "type": "string" } })), [""; 0]);
}

/// The mini export with another union in it.
fn with_union(union: &str, arms: Value) -> Export {
    let mut document = bundle(json!({}));
    document["definitions"][union] = json!({ "oneOf": arms });
    Export::from_compatible(&document).unwrap()
}

#[test]
fn methods_come_and_go() {
    let old = export(json!({}));
    let none = with_union("ClientRequest", json!([]));
    assert_eq!(lines(&diff(&old, &none)), ["Breaking method-removed Sender do [client request => -]"]);
    assert_eq!(lines(&diff(&none, &old)), ["Additive method-added Sender do [- => client request]"]);
    let none = with_union("ServerNotification", json!([]));
    assert_eq!(lines(&diff(&old, &none)), ["Breaking method-removed Reader told [server notification => -]"]);
    let mut document = bundle(json!({}));
    document["definitions"]["ServerNotification"]["oneOf"] = json!([notification("do", Some("DoParams"))]);
    document["definitions"]["ClientRequest"]["oneOf"] = json!([]);
    let turned = Export::from_compatible(&document).unwrap();
    assert_eq!(
        lines(&diff(&with_union("ServerNotification", json!([])), &turned)),
        ["Breaking method-direction-changed Sender do [client request => server notification]"]
    );
}

#[test]
fn params_come_and_go_and_become_required() {
    let required = request("do", "DoParams");
    let mut optional = required.clone();
    optional["required"] = json!(["method", "id"]);
    let mut none = optional.clone();
    none["properties"]["params"] = json!({ "type": "null" });
    let with = |arm: &Value| with_union("ClientRequest", json!([arm]));
    let found = |old: &Value, new: &Value| lines(&diff(&with(old), &with(new)));
    assert_eq!(
        found(&optional, &required),
        ["Breaking params-became-required Sender do params [DoParams => DoParams]"]
    );
    assert_eq!(
        found(&required, &optional),
        ["Additive params-became-optional Sender do params [DoParams => DoParams]"]
    );
    // The result of the method without params is not known by its name.
    assert_eq!(found(&none, &optional), ["Additive params-added Sender do params [- => object]"]);
    assert_eq!(found(&none, &required), ["Breaking params-became-required Sender do params [- => object]"]);
    assert_eq!(found(&required, &none), ["Breaking params-removed Sender do params [object => -]"]);
    let told = |required: Value| {
        let mut arm = notification("told", Some("Told"));
        arm["required"] = required;
        with_union("ServerNotification", json!([arm]))
    };
    assert_eq!(
        lines(&diff(&told(json!(["method", "params"])), &told(json!(["method"])))),
        ["Breaking params-became-optional Reader told params [Told => Told]"]
    );
}

#[test]
fn a_result_that_only_one_side_tells_is_noted() {
    let (old, mut new) = (export(json!({})), bundle(json!({})));
    new["definitions"]["v2"].as_object_mut().unwrap().shift_remove("DoResponse");
    let new = Export::from_compatible(&new).unwrap();
    assert_eq!(lines(&diff(&old, &new)), ["Note result-unknown Reader do result [DoResponse => -]"]);
}

#[test]
fn fields_beside_the_params_are_compared_once() {
    let with = |required: &[&str]| {
        let arms: Vec<Value> = ["told", "told/too"]
            .into_iter()
            .map(|name| {
                let mut arm = notification(name, Some("Told"));
                arm["properties"]["at"] = json!({ "type": "integer" });
                arm["required"] = json!(required);
                arm
            })
            .collect();
        with_union("ServerNotification", json!(arms))
    };
    let report = diff(&with(&["method", "params", "at"]), &with(&["method", "params"]));
    assert_eq!(lines(&report), ["Breaking field-became-optional Reader told at [at: integer => at?: integer]"]);
    assert_eq!(report.findings[0].methods, ["told", "told/too"]);
}

#[test]
fn each_side_of_a_method_has_its_own_reader() {
    let old = json!({ "a": { "type": "string" } });
    let changed = |name: &str| {
        lines(&diff(&export(json!({ name: object(old.clone()) })), &export(json!({ name: object(json!({})) }))))
    };
    assert_eq!(changed("DoResponse"), ["Breaking field-removed Reader do result.a [a: string => -]"]);
    assert_eq!(changed("AskParams"), ["Breaking field-removed Reader ask params.a [a: string => -]"]);
    assert_eq!(changed("AskResponse"), ["Note field-removed Sender ask result.a [a: string => -]"]);
}

#[test]
fn results_of_unknown_methods_are_still_read() {
    let types = |field: Value| export(json!({ "LonelyResponse": object(field) }));
    let report = diff(&types(json!({ "a": { "type": "string" } })), &types(json!({})));
    assert_eq!(lines(&report), ["Breaking field-removed Reader LonelyResponse a [a: string => -]"]);
    assert_eq!(report.findings[0].methods, [""; 0]);
}

#[test]
fn a_type_is_reported_once_with_all_its_methods() {
    let types = |item: Value| {
        export(json!({
            "Item": item,
            "DoParams": object(json!({ "items": { "type": "array", "items": to("Item") }, "one?": to("Item") })),
            "DoResponse": object(json!({ "item": { "anyOf": [to("Item"), { "type": "null" }] } })),
            "Told": object(json!({ "item": { "allOf": [to("Item")] } })),
        }))
    };
    let report = diff(&types(object(json!({ "a": { "type": "string" } }))), &types(object(json!({}))));
    assert_eq!(
        lines(&report),
        [
            "Breaking field-removed Reader do result.item.a [a: string => -]",
            "Note field-removed Sender do params.items[].a [a: string => -]",
        ]
    );
    assert_eq!(report.findings[0].methods, ["do", "told"]);
    assert_eq!(report.findings[0].type_name.as_deref(), Some("Item"));
}

#[test]
fn recursion_ends() {
    let tree = |value: &str| {
        export(json!({
            "Tree": object(json!({ "value": { "type": value }, "kids": { "type": "array", "items": to("Tree") }, "also?": to("Knot") })),
            "Knot": { "anyOf": [to("Knot"), to("Tree"), { "$ref": "#/definitions/v2/Loop" }] },
            "Loop": { "$ref": "#/definitions/v2/Loop" },
            "Told": object(json!({ "tree": to("Tree") })),
        }))
    };
    let report = diff(&tree("string"), &tree("integer"));
    assert_eq!(lines(&report), ["Breaking type-changed Reader told params.tree.value [string => integer]"]);
    assert_eq!(diff(&tree("string"), &tree("string")), Report::default());
    let mut chain = json!({ "Told": object(json!({ "a": to("Chain0") })), "Chain60": { "type": "string" } });
    for at in 0..60 {
        let next = to(&format!("Chain{}", at + 1));
        chain[format!("Chain{at}")] = json!({ "allOf": [next, next] });
    }
    assert_eq!(diff(&export(chain.clone()), &export(chain)), Report::default());
}

#[test]
fn words_and_names_are_no_changes() {
    let old = export(json!({
        "Mode": { "oneOf": [{ "enum": ["x"], "description": "One." }, { "enum": ["y"], "type": "string" }] },
        "Node": object(json!({ "next?": to("Node") })),
        "Union": {
            "properties": { "id": { "type": "string" } },
            "required": ["id"],
            "oneOf": [tagged("x", json!({})), tagged("y", json!({ "n?": { "type": "null" } }))],
        },
        "Told": object(json!({ "mode": { "allOf": [to("Mode")] }, "node": to("Node"), "union": to("Union"), "maybe": { "anyOf": [to("Node"), { "type": "null" }] } })),
    }));
    let mut new = object(
        json!({ "union": to("Other"), "node": to("Knot"), "mode": { "type": "string", "enum": ["y", "x"] }, "maybe": { "oneOf": [{ "type": "null" }, to("Knot")] } }),
    );
    new["title"] = json!("Told");
    new["description"] = json!("Other words.");
    let id = json!({ "type": "string" });
    let new = export(json!({
        "Knot": object(json!({ "next?": to("Knot") })),
        "Other": { "discriminator": { "propertyName": "type" }, "anyOf": [to("Y"), to("X")] },
        "X": tagged("x", json!({ "id": id })),
        "Y": tagged("y", json!({ "id": id, "n?": { "type": "null" } })),
        "Told": new,
    }));
    assert_eq!(lines(&diff(&old, &new)), [""; 0]);
    assert_eq!(lines(&diff(&new, &old)), [""; 0]);
}

#[test]
fn variance_decides() {
    // What breaks neither side when it changes one way breaks one of them when it is undone, additions aside.
    for rule in Rule::ALL {
        let severities = [Affects::Sender, Affects::Reader].map(|affects| rule.severity(affects));
        if rule.id().contains("added") && !rule.id().starts_with("null") {
            assert_eq!(severities[1], Severity::Additive, "{}", rule.id());
        }
        if rule.id().ends_with("widened") || rule.id().ends_with("optional") {
            assert_eq!(severities, [Severity::Additive, Severity::Breaking], "{}", rule.id());
        }
        if rule.id().ends_with("narrowed") || rule.id().ends_with("required") {
            assert_eq!(severities, [Severity::Breaking, Severity::Note], "{}", rule.id());
        }
    }
}

#[test]
fn the_readme_has_the_table_of_rules() {
    let readme = include_str!("../../README.md");
    let word = |severity| match severity {
        Severity::Breaking => "breaking",
        Severity::Additive => "additive",
        Severity::Note => "note",
    };
    let mut known = BTreeSet::new();
    for rule in Rule::ALL {
        let (sender, reader) = (rule.severity(Affects::Sender), rule.severity(Affects::Reader));
        let row = format!("| `{}` | {} | {} |", rule.id(), word(sender), word(reader));
        assert!(readme.contains(&row), "the README lacks {row}");
        assert!(known.insert(rule.id()), "{} stands twice", rule.id());
        assert_eq!(json!(rule), json!(rule.id()));
    }
}
