//! The built-in catalogue, and catalogues of users.

use super::*;

#[test]
fn the_builtin_catalogue_holds_the_references_models() {
    let catalog = Catalog::load(include_str!("models.json")).unwrap();
    let slugs: Vec<(&str, bool)> =
        catalog.models().iter().map(|model| (model.slug.as_str(), model.is_hidden())).collect();
    assert_eq!(
        slugs,
        [
            ("gpt-6.1-sol", false),
            ("gpt-6-astra", false),
            ("gpt-6-sol", false),
            ("gpt-6-luna", false),
            ("gpt-5.6-sol", false),
            ("gpt-6.1-terra", false),
            ("gpt-5.6-terra", false),
            ("gpt-5.6-luna", false),
            ("gpt-daybreak-blue-latest", true),
            ("gpt-daybreak-red-latest", true),
            ("gpt-5.5", false),
            ("codex-auto-review", true),
        ]
    );
    assert_eq!(catalog.default_model().unwrap().slug, "gpt-6.1-sol");
    assert_eq!(*Catalog::builtin(), catalog);
    for model in catalog.models() {
        assert!(!model.name().is_empty() && model.description.is_some(), "{}", model.slug);
        let effort = model.default_reasoning_level.as_deref().unwrap();
        assert!(model.supports_effort(effort), "{}", model.slug);
        if let Some(upgrade) = &model.upgrade {
            assert!(catalog.find(&upgrade.model).is_some(), "{}", model.slug);
        }
        if let Some(tier) = &model.default_service_tier {
            assert!(model.service_tiers.iter().any(|known| known.id == *tier), "{}", model.slug);
        }
    }
}

#[test]
fn facts_of_a_classic_model() {
    let catalog = Catalog::builtin();
    let model = catalog.find("gpt-5.5").unwrap();
    assert!(!model.is_code_mode() && model.parallel_tool_calls());
    assert_eq!(model.effective_context_window(), 258_400);
    assert_eq!(model.default_reasoning_summary, "none");
    assert_eq!(model.apply_patch_tool_type.as_deref(), Some("freeform"));
    assert_eq!(model.truncation_policy, TruncationPolicy { mode: TruncationMode::Tokens, limit: 10_000 });
    assert!(catalog.find("gpt-6-sol").unwrap().is_code_mode());
    assert_eq!(catalog.find("nobody"), None);
}

#[test]
fn an_unknown_model_is_what_a_bare_entry_is() {
    let unknown = ModelInfo::unknown("mock-model");
    assert_eq!(unknown.effective_context_window(), 258_400);
    assert_eq!(unknown.default_reasoning_summary, "auto");
    assert!(unknown.parallel_tool_calls());
    let catalog =
        Catalog::load(r#"{"models": [{"slug": "mock-model", "visibility": "none", "context_window": null}]}"#);
    assert_eq!(catalog.unwrap().models(), [unknown]);
}

#[test]
fn a_catalogue_of_the_users_own() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("models.json");
    let json = r#"{"models": [
        {"slug": "b", "priority": 2, "later_field": {}, "tool_mode": "later_mode"},
        {"slug": "a", "priority": 1, "visibility": "hide", "base_instructions": "Be brief."}
    ]}"#;
    std::fs::write(&path, json).unwrap();
    let catalog = Catalog::load_file(&path).unwrap();
    assert_eq!(catalog.default_model().unwrap().slug, "b");
    assert_eq!(catalog.models()[0].base_instructions.as_deref(), Some("Be brief."));
    assert_eq!(catalog.models()[1].tool_mode, Some(ToolMode::Unknown));
}

#[test]
fn mistakes_are_placed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("models.json");
    let told = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let message = Catalog::load_file(&path).unwrap_err().to_string();
        message.replace(&format!("{}", path.display()), "FILE")
    };
    assert_eq!(
        told("{\"models\": [\n  {\"slug\": 7}]}"),
        "FILE: line 2, column 12: invalid type: integer `7`, expected a string"
    );
    assert_eq!(told("{\"models\": [{}]}"), "FILE: line 1, column 14: missing field `slug`");
    assert_eq!(told("{\"models\": []}"), "FILE: the model catalogue holds no models");
    assert_eq!(told("nonsense"), "FILE: line 1, column 2: expected ident");
    assert!(Catalog::load_file(&dir.path().join("none.json")).unwrap_err().to_string().contains("cannot be read"));
    assert_eq!(Catalog::load("[").unwrap_err().to_string(), "line 1, column 1: EOF while parsing a list");
}
