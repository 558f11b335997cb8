//! LM Studio: the models it lists, and its program `lms`, which downloads them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Where LM Studio puts `lms`, below the home of the user.
const OWN_FOLDER: &str = ".lmstudio/bin";

/// The arguments of `lms` that download a model without asking.
pub(crate) fn download_arguments(model: &str) -> [&str; 3] {
    ["get", "--yes", model]
}

/// The ids in the answer of `GET /v1/models`; none when it is not such an answer. Both servers give it.
pub(crate) fn listed_models(answer: &Value) -> Option<Vec<&str>> {
    let data = answer.get("data")?.as_array()?;
    Some(data.iter().filter_map(|model| model.get("id")?.as_str()).collect())
}

/// Finds LM Studio's program `lms`: in a folder of `path` (the variable `PATH`), else where LM Studio puts it below the
/// user's home.
pub fn find_lms(path: Option<&OsStr>, home: Option<&Path>) -> Option<PathBuf> {
    let name = format!("lms{}", std::env::consts::EXE_SUFFIX);
    let on_path = path.map(std::env::split_paths).into_iter().flatten().filter(|folder| folder.is_absolute());
    let own = home.map(|home| home.join(OWN_FOLDER));
    on_path.chain(own).map(|folder| folder.join(&name)).find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_has_ids() {
        let answer = json!({"object": "list", "data": [{"id": "a"}, {"name": "no id"}, 3, {"id": "b"}]});
        assert_eq!(listed_models(&answer), Some(vec!["a", "b"]));
        assert_eq!(listed_models(&json!({"data": []})), Some(vec![]));
        for answer in [json!({}), json!([]), json!({"data": {}}), json!(null)] {
            assert_eq!(listed_models(&answer), None, "{answer}");
        }
    }

    #[test]
    fn lms_is_looked_for_on_the_path_first() {
        let place = tempfile::tempdir().unwrap();
        let name = format!("lms{}", std::env::consts::EXE_SUFFIX);
        let (home, bin) = (place.path().join("home"), place.path().join("bin"));
        let own = home.join(OWN_FOLDER);
        std::fs::create_dir_all(&own).unwrap();
        // A folder of that name is no program.
        std::fs::create_dir_all(bin.join(&name)).unwrap();
        assert_eq!(find_lms(Some(bin.as_os_str()), Some(&home)), None);
        std::fs::write(own.join(&name), "").unwrap();
        assert_eq!(find_lms(Some(bin.as_os_str()), Some(&home)), Some(own.join(&name)));
        assert_eq!(find_lms(None, Some(&home)), Some(own.join(&name)));
        std::fs::remove_dir(bin.join(&name)).unwrap();
        std::fs::write(bin.join(&name), "").unwrap();
        assert_eq!(find_lms(Some(bin.as_os_str()), Some(&home)), Some(bin.join(&name)));
        assert_eq!(find_lms(None, None), None);
    }
}
