//! The managed configuration of a workspace: fetched, cached, layered, renewed. Time is the test's own.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use codex_config_loader::{
    CloudAccount, CloudAnswer, CloudBundle, CloudError, CloudFragment, CloudIdentity, CloudLoader, CloudOptions,
    CloudSource, ConfigLoader, TokenRefreshError,
};
use serde_json::{Value, json};

use crate::fixture::{Place, layers_of, origins_of, read};

/// A time of day that goes with the paused time of a test's runtime.
mod clock {
    use super::*;
    use tokio::time::Instant;

    thread_local! {
        static START: OnceCell<Instant> = const { OnceCell::new() };
    }

    pub fn now() -> SystemTime {
        let start = START.with(|start| *start.get_or_init(Instant::now));
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + start.elapsed()
    }

    pub async fn advance(seconds: u64) {
        tokio::time::advance(Duration::from_secs(seconds)).await;
    }
}

/// A login and a backend that say what the test wrote down.
#[derive(Clone, Default)]
struct Script {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    identity: Option<CloudIdentity>,
    answers: VecDeque<Step>,
    asked: usize,
    renewals: VecDeque<Result<(), TokenRefreshError>>,
}

enum Step {
    Answer(CloudAnswer),
    /// Never answers.
    Silence,
    /// Answers once somebody else signed in.
    OtherLogin(CloudAnswer),
}

impl Script {
    fn new() -> Self {
        let script = Self::default();
        script.sign_in("user-1", "acct-1");
        script
    }

    fn sign_in(&self, user: &str, account: &str) {
        let identity = CloudIdentity { chatgpt_user_id: Some(user.to_owned()), account_id: Some(account.to_owned()) };
        self.state.lock().unwrap().identity = Some(identity);
    }

    fn sign_out(&self) {
        self.state.lock().unwrap().identity = None;
    }

    fn then(self, answer: CloudAnswer) -> Self {
        self.push(Step::Answer(answer));
        self
    }

    fn push(&self, step: Step) {
        self.state.lock().unwrap().answers.push_back(step);
    }

    fn model(self, model: &str) -> Self {
        self.then(answer(&format!("model = \"{model}\"\n")))
    }

    fn fails(self, times: usize) -> Self {
        (0..times).fold(self, |script, _| script.then(CloudAnswer::Transient { reason: "HTTP 503".to_owned() }))
    }

    fn refused(self) -> Self {
        self.then(CloudAnswer::Permanent { reason: "no such address".to_owned() })
    }

    fn renewal(self, outcome: Result<(), TokenRefreshError>) -> Self {
        self.state.lock().unwrap().renewals.push_back(outcome);
        self
    }

    fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }

    fn loader(&self, home: &Path) -> CloudLoader<Self, Self> {
        let options = CloudOptions { clock: clock::now, ..CloudOptions::default() };
        CloudLoader::new(home, self.clone(), self.clone(), options)
    }
}

impl CloudAccount for Script {
    fn identity(&self) -> Option<CloudIdentity> {
        self.state.lock().unwrap().identity.clone()
    }

    async fn refresh_token(&self) -> Result<(), TokenRefreshError> {
        self.state.lock().unwrap().renewals.pop_front().expect("a renewal that the test foresaw")
    }
}

impl CloudSource for Script {
    async fn fetch(&self, identity: &CloudIdentity) -> CloudAnswer {
        let step = {
            let mut state = self.state.lock().unwrap();
            assert_eq!(state.identity.as_ref(), Some(identity));
            state.asked += 1;
            state.answers.pop_front().expect("an answer that the test foresaw")
        };
        match step {
            Step::Answer(answer) => answer,
            Step::Silence => std::future::pending().await,
            Step::OtherLogin(answer) => {
                self.sign_in("user-2", "acct-2");
                answer
            }
        }
    }
}

/// The answer of a backend with one fragment of configuration.
fn answer(contents: &str) -> CloudAnswer {
    let fragment = json!({"id": "f1", "name": "First", "contents": contents});
    CloudAnswer::Bundle(json!({"config_toml": {"enterprise_managed": [fragment]}}).to_string().into_bytes())
}

/// The model that a bundle names.
fn model(bundle: Option<Arc<CloudBundle>>) -> String {
    bundle.unwrap().config[0].contents.trim().replace("model = ", "")
}

fn fragment(id: &str, contents: &str) -> CloudFragment {
    CloudFragment { id: id.to_owned(), name: id.to_uppercase(), contents: contents.to_owned() }
}

fn bundle(config: &[(&str, &str)]) -> Option<Arc<CloudBundle>> {
    let config = config.iter().map(|(id, contents)| fragment(id, contents)).collect();
    Some(Arc::new(CloudBundle::new(config, Vec::new()).unwrap()))
}

/// A home, and the cache in it.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn cache(&self) -> std::path::PathBuf {
        self.path().join("cloud-config-bundle-cache.json")
    }
}

#[tokio::test(start_paused = true)]
async fn a_login_without_managed_configuration_asks_nothing() {
    let home = Home::new();
    let script = Script::new();
    script.sign_out();
    let loader = script.loader(home.path());
    assert_eq!(loader.load().await, Ok(None));
    assert_eq!(loader.next_refresh(), None);
    assert_eq!(script.asked(), 0);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_next_start_within_the_hour_takes_the_cache() {
    let home = Home::new();
    let script = Script::new().model("a").model("b");
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"a\"");
    assert_eq!(std::fs::metadata(home.cache()).unwrap().permissions().mode() & 0o777, 0o600);
    clock::advance(3599).await;
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"a\"");
    assert_eq!(script.asked(), 1);
    clock::advance(1).await;
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"b\"");
    assert_eq!(script.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_cache_that_does_not_hold_is_fetched_anew() {
    let home = Home::new();
    let script = Script::new().model("a").model("b").model("c").model("d").model("e");
    let load = || async { model(script.loader(home.path()).load().await.unwrap()) };
    assert_eq!(load().await, "\"a\"");
    let kept = std::fs::read_to_string(home.cache()).unwrap();
    std::fs::write(home.cache(), kept.replace("\\\"a\\\"", "\\\"z\\\"")).unwrap();
    assert_eq!(load().await, "\"b\"");
    std::fs::write(home.cache(), "{").unwrap();
    assert_eq!(load().await, "\"c\"");
    script.sign_in("user-2", "acct-1");
    assert_eq!(load().await, "\"d\"");
    script.sign_in("user-2", "acct-2");
    assert_eq!(load().await, "\"e\"");
    assert_eq!(script.asked(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_login_without_ids_keeps_no_cache() {
    let home = Home::new();
    let script = Script::new().model("a").model("b");
    script.state.lock().unwrap().identity = Some(CloudIdentity::default());
    for expected in ["\"a\"", "\"b\""] {
        assert_eq!(model(script.loader(home.path()).load().await.unwrap()), expected);
    }
    assert!(!home.cache().exists());
}

#[tokio::test(start_paused = true)]
async fn an_empty_bundle_is_none_and_kept_too() {
    let home = Home::new();
    let script = Script::new().then(CloudAnswer::Bundle(b"{}".to_vec()));
    for _ in 0..2 {
        let loader = script.loader(home.path());
        assert_eq!(loader.load().await, Ok(None));
        assert!(loader.next_refresh().is_some());
    }
    assert_eq!(script.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn five_attempts_with_growing_pauses() {
    let home = Home::new();
    let start = tokio::time::Instant::now();
    let script = Script::new().fails(4).model("a");
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"a\"");
    assert_eq!((script.asked(), start.elapsed()), (5, Duration::from_secs(3)));

    let home = Home::new();
    let script = Script::new().fails(5);
    let error = script.loader(home.path()).load().await.unwrap_err();
    assert_eq!(error, CloudError::Unreachable { attempts: 5, reason: "HTTP 503".to_owned() });
    assert!(!home.cache().exists());
}

#[tokio::test(start_paused = true)]
async fn what_is_no_bundle_is_asked_for_again_but_a_broken_one_is_not() {
    let home = Home::new();
    let script = Script::new().then(CloudAnswer::Bundle(b"<html>".to_vec())).model("a");
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"a\"");
    let home = Home::new();
    let script = Script::new().then(answer("model = = 1"));
    let error = script.loader(home.path()).load().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("enterprise-managed (First, f1):1:9: "), "{text}");
    assert_eq!(script.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_good_ends_at_once() {
    let home = Home::new();
    let script = Script::new().refused();
    let reason = "no such address".to_owned();
    assert_eq!(script.loader(home.path()).load().await, Err(CloudError::Refused { reason }));
    assert_eq!(script.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_once() {
    let home = Home::new();
    let script = Script::new().then(CloudAnswer::Unauthorized).renewal(Ok(())).model("a");
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"a\"");

    let home = Home::new();
    let script = Script::new().then(CloudAnswer::Unauthorized).renewal(Ok(())).then(CloudAnswer::Unauthorized);
    assert_eq!(script.loader(home.path()).load().await, Err(CloudError::Unauthorized));

    let reason = TokenRefreshError::new("sign in again");
    let script = Script::new().then(CloudAnswer::Unauthorized).renewal(Err(reason.clone()));
    assert_eq!(script.loader(home.path()).load().await, Err(CloudError::TokenRefresh(reason)));
    assert_eq!(script.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn silence_ends_after_the_limit() {
    let home = Home::new();
    let script = Script::new();
    script.push(Step::Silence);
    let start = tokio::time::Instant::now();
    let limit = Duration::from_secs(15);
    assert_eq!(script.loader(home.path()).load().await, Err(CloudError::TimedOut { limit }));
    assert_eq!(start.elapsed(), limit);
}

#[tokio::test(start_paused = true)]
async fn a_login_that_changes_meanwhile_is_not_mixed_up() {
    let home = Home::new();
    let script = Script::new();
    script.push(Step::OtherLogin(answer("model = \"a\"\n")));
    assert_eq!(script.loader(home.path()).load().await, Err(CloudError::AccountChanged));
    let script = script.model("b");
    assert_eq!(model(script.loader(home.path()).load().await.unwrap()), "\"b\"");
    let script = Script::new().then(CloudAnswer::NotEligible);
    assert_eq!(script.loader(Home::new().path()).load().await, Ok(None));
}

#[tokio::test(start_paused = true)]
async fn of_several_starts_at_once_one_asks() {
    let home = Home::new();
    let script = Script::new().fails(2).model("a");
    let loaders: [_; 4] = std::array::from_fn(|_| script.loader(home.path()));
    let [a, b, c, d] = &loaders;
    let (a, b, c, d) = tokio::join!(a.load(), b.load(), c.load(), d.load());
    for loaded in [a, b, c, d] {
        assert_eq!(model(loaded.unwrap()), "\"a\"");
    }
    assert_eq!(script.asked(), 3);
}

#[tokio::test(start_paused = true)]
async fn one_that_hangs_does_not_keep_others_from_starting() {
    let home = Home::new();
    let hanging = Script::new();
    hanging.push(Step::Silence);
    let script = Script::new().model("a");
    let (first, second) = (hanging.loader(home.path()), script.loader(home.path()));
    let second = async {
        while hanging.asked() == 0 {
            tokio::task::yield_now().await;
        }
        second.load().await
    };
    let (first, second) = tokio::join!(first.load(), second);
    assert!(matches!(first, Err(CloudError::TimedOut { .. })));
    assert_eq!(model(second.unwrap()), "\"a\"");
}

#[tokio::test(start_paused = true)]
async fn a_home_that_cannot_be_written_is_no_obstacle() {
    let home = Home::new();
    let script = Script::new().model("a");
    let loaded = script.loader(&home.path().join("nosuch")).load().await;
    assert_eq!(model(loaded.unwrap()), "\"a\"");
}

#[tokio::test(start_paused = true)]
async fn a_bundle_is_renewed_before_it_ends() {
    let place = Place::new();
    let config = place.loader();
    let home = place.path("home");
    let script = Script::new().model("a").model("b");
    let loader = script.loader(&home);
    config.set_cloud_bundle(loader.load().await.unwrap());
    assert_eq!(model_of(&place, &config), "a");
    let wait = loader.next_refresh().unwrap();
    assert_eq!(wait, Duration::from_secs(50 * 60));
    clock::advance(wait.as_secs()).await;
    assert_eq!(loader.next_refresh(), Some(Duration::ZERO));
    loader.refresh(&config).await;
    assert_eq!(model_of(&place, &config), "b");
    assert_eq!(loader.next_refresh(), Some(Duration::from_secs(50 * 60)));
    assert_eq!(script.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_takes_what_another_process_fetched() {
    let place = Place::new();
    let config = place.loader();
    let home = place.path("home");
    let script = Script::new().model("a").model("b");
    let (loader, other) = (script.loader(&home), script.loader(&home));
    loader.load().await.unwrap();
    other.load().await.unwrap();
    clock::advance(50 * 60).await;
    other.refresh(&config).await;
    loader.refresh(&config).await;
    assert_eq!((model_of(&place, &config).as_str(), script.asked()), ("b", 2));
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_keeps_the_bundle_until_it_expires() {
    let place = Place::new();
    let config = place.loader();
    let script = Script::new().model("a").refused().refused().refused().refused().model("b");
    let loader = script.loader(&place.path("home"));
    config.set_cloud_bundle(loader.load().await.unwrap());
    clock::advance(50 * 60).await;
    loader.refresh(&config).await;
    assert_eq!(model_of(&place, &config), "a");
    assert_eq!(loader.next_refresh(), Some(Duration::from_secs(60)));
    clock::advance(9 * 60 + 30).await;
    loader.refresh(&config).await;
    assert_eq!(model_of(&place, &config), "a");
    assert_eq!(loader.next_refresh(), Some(Duration::from_secs(30)), "the next attempt is at the end");
    clock::advance(30).await;
    loader.refresh(&config).await;
    let error = config.read(None, true).unwrap_err().read_message();
    assert_eq!(
        error,
        "failed to read configuration layers: the managed configuration of the workspace could not be loaded: \
         no such address"
    );
    assert!(config.load(&Default::default()).is_err() && config.load_or_defaults(&Default::default()).is_err());
    loader.refresh(&config).await;
    assert!(config.read(None, true).is_err());
    loader.refresh(&config).await;
    assert_eq!(model_of(&place, &config), "b");
}

#[tokio::test(start_paused = true)]
async fn it_is_kept_current_in_the_background() {
    let place = Place::new();
    let config = place.loader();
    let script = Script::new().model("a").model("b").refused().model("c");
    let loader = script.loader(&place.path("home"));
    config.set_cloud_bundle(loader.load().await.unwrap());
    for (seconds, model, asked) in [(49 * 60, "a", 1), (51 * 60 + 30, "b", 3), (60, "c", 4)] {
        let renewing = loader.keep_current(&config);
        let ended = tokio::time::timeout(Duration::from_secs(seconds), renewing).await;
        assert!(ended.is_err(), "it goes on for ever");
        assert_eq!((model_of(&place, &config).as_str(), script.asked()), (model, asked));
    }
}

#[tokio::test(start_paused = true)]
async fn a_first_load_that_failed_is_tried_again() {
    let place = Place::new();
    let config = place.loader();
    let script = Script::new().refused().refused().model("a");
    let loader = script.loader(&place.path("home"));
    config.set_cloud_failure(&loader.load().await.unwrap_err());
    assert!(config.read(None, true).is_err());
    let renewing = loader.keep_current(&config);
    assert!(tokio::time::timeout(Duration::from_secs(2 * 60 + 1), renewing).await.is_err());
    assert_eq!((model_of(&place, &config).as_str(), script.asked()), ("a", 3));
}

#[tokio::test(start_paused = true)]
async fn signing_out_ends_it() {
    let place = Place::new();
    let config = place.loader();
    let script = Script::new().model("a");
    let loader = script.loader(&place.path("home"));
    config.set_cloud_bundle(loader.load().await.unwrap());
    script.sign_out();
    clock::advance(50 * 60).await;
    loader.keep_current(&config).await;
    assert_eq!(config.read(None, true).unwrap().config["model"], Value::Null);
    assert_eq!(script.asked(), 1);
}

fn model_of(place: &Place, config: &ConfigLoader) -> String {
    read(place, config, None)["config"]["model"].as_str().unwrap().to_owned()
}

#[test]
fn fragments_lie_between_the_system_and_the_user_the_first_on_top() {
    let place = Place::with_user_file("personality = \"none\"\n")
        .file("etc/config.toml", "model = \"sys\"\nweb_search = \"live\"\n");
    let config = place.loader();
    config.set_cloud_bundle(bundle(&[
        ("a", "model = \"one\"\nlog_dir = \"rel\"\npersonality = \"friendly\"\n"),
        ("b", "model = \"two\"\nreview_model = \"r\"\n"),
    ]));
    let answer = read(&place, &config, None);
    let names: Vec<_> = answer["layers"].as_array().unwrap().iter().map(|layer| layer["name"].clone()).collect();
    assert_eq!(
        names[1..3],
        [
            json!({"type": "enterpriseManaged", "id": "a", "name": "A"}),
            json!({"type": "enterpriseManaged", "id": "b", "name": "B"}),
        ]
    );
    let kinds: Vec<_> = layers_of(&answer).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["user", "enterpriseManaged", "enterpriseManaged", "system"]);
    let origins: Vec<_> = origins_of(&answer).into_iter().map(|(path, kind)| format!("{path} {kind}")).collect();
    assert_eq!(
        origins,
        [
            "log_dir enterpriseManaged",
            "model enterpriseManaged",
            "personality user",
            "review_model enterpriseManaged",
            "web_search system",
        ]
    );
    assert_eq!(answer["config"]["model"], "one");
    assert_eq!(answer["config"]["log_dir"], "$ROOT/home/rel");
}

#[test]
fn a_swap_is_seen_by_every_kind_of_load() {
    let place = Place::new();
    let config = place.loader();
    let models = || {
        let read = config.read(None, false).unwrap().config["model"].clone();
        let loaded = config.load(&Default::default()).unwrap().model.clone();
        assert_eq!(read.as_str(), loaded.as_deref());
        loaded
    };
    assert_eq!(models(), None);
    config.set_cloud_bundle(bundle(&[("a", "model = \"one\"")]));
    assert_eq!(models().as_deref(), Some("one"));
    assert!(Arc::ptr_eq(&config.read(None, false).unwrap(), &config.read(None, false).unwrap()));
    config.set_cloud_bundle(bundle(&[("a", "model = \"two\"")]));
    assert_eq!(models().as_deref(), Some("two"));
    config.set_cloud_failure(&CloudError::Unauthorized);
    assert!(config.read(None, false).is_err() && config.load(&Default::default()).is_err());
    config.set_cloud_bundle(None);
    assert_eq!(models(), None);
}

#[test]
fn a_fragment_with_a_wrong_value_is_named() {
    let config = Place::new().loader();
    config.set_cloud_bundle(bundle(&[("a", "model = 1")]));
    let error = config.load(&Default::default()).unwrap_err();
    assert_eq!(error.to_string(), "enterprise-managed (A, a):1:9: invalid type: integer `1`, expected a string");
    config.set_cloud_bundle(bundle(&[("a", "approval_policy = \"untrusted\"")]));
    let error = config.load(&Default::default()).unwrap_err();
    assert_eq!(error.to_string(), "approval_policy = \"untrusted\" is no longer supported; remove this setting");
}

#[test]
fn the_start_sees_the_bundle() {
    let place = Place::with_user_file("model_provider = \"corp\"\n").flags(&["chatgpt_base_url=http://127.0.0.1:1/x"]);
    let corp = "nosuch = 1\n[model_providers.corp]\nname = \"Corp\"\nbase_url = \"http://127.0.0.1:2/v1\"\n";
    let mut config = place.prepare().unwrap();
    assert_eq!(config.chatgpt_base_url().unwrap(), "http://127.0.0.1:1/x");
    config.set_cloud_bundle(bundle(&[("a", corp)]));
    config.start().unwrap();
    let warnings: Vec<_> = config.startup_warnings().into_iter().map(|warning| warning.summary).collect();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].ends_with("\n  enterprise-managed (A, a): `nosuch` is ignored."), "{warnings:?}");

    let mut config = place.prepare().unwrap();
    config.set_cloud_bundle(bundle(&[("a", "approval_policy = \"untrusted\"")]));
    assert!(config.start().is_err());
}

#[test]
fn the_base_url_is_found_beside_a_broken_user_file() {
    let place = Place::with_user_file("model = = 1\n");
    assert_eq!(place.prepare().unwrap().chatgpt_base_url().unwrap(), "https://chatgpt.com/backend-api/");
    let place = place.file("etc/config.toml", "chatgpt_base_url = \"http://127.0.0.1:3\"\n");
    assert_eq!(place.prepare().unwrap().chatgpt_base_url().unwrap(), "http://127.0.0.1:3");
}
