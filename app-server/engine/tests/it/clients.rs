//! Connections of tests: they remember what they were told, and can be made to wait.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use codex_app_server_protocol::{Event, ServerNotification, v2};
use codex_engine::{Audience, Question, Subscriber, SubscriberId};
use tokio::sync::{Notify, oneshot};

use crate::harness::PATIENCE;

/// What a client was told.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    Answer(&'static str),
    Event(Arc<Event>),
    Question { id: i64, method: &'static str, params: serde_json::Value },
}

impl Told {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Answer(method) => format!("<- {method}"),
            Self::Question { method, .. } => format!("? {method}"),
            Self::Event(event) => match &event.body {
                ServerNotification::ItemStarted(started) => format!("item/started {}", kind(&started.item)),
                ServerNotification::ItemCompleted(completed) => {
                    let item = serde_json::to_value(&completed.item).unwrap();
                    let status = item["status"].as_str().map(|status| format!(" {status}")).unwrap_or_default();
                    format!("item/completed {}{status}", kind(&completed.item))
                }
                ServerNotification::ThreadStatusChanged(changed) => {
                    let status = serde_json::to_value(&changed.status).unwrap();
                    let flags = status["activeFlags"].as_array().into_iter().flatten();
                    let flags: String = flags.map(|flag| format!(" {}", flag.as_str().unwrap())).collect();
                    format!("status {}{flags}", status["type"].as_str().unwrap())
                }
                other => other.method().to_owned(),
            },
        }
    }
}

pub(crate) fn kind(item: &v2::ThreadItem) -> String {
    serde_json::to_value(item).unwrap()["type"].as_str().unwrap().to_owned()
}

/// The extensions that a connection asked for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wants {
    pub(crate) places: bool,
    pub(crate) heartbeat: bool,
    pub(crate) question_limit: Option<Duration>,
}

/// A connection that remembers.
pub(crate) struct Client {
    pub(crate) id: SubscriberId,
    wants: Wants,
    told: Mutex<VecDeque<Told>>,
    changed: Notify,
    ended: AtomicBool,
    blocked: AtomicBool,
    unblocked: Arc<Notify>,
    on_event: Mutex<Option<OnEvent>>,
}

type OnEvent = Box<dyn Fn(&Event) + Send>;

impl Client {
    pub(crate) fn new(id: SubscriberId, wants: Wants) -> Self {
        Self {
            id,
            wants,
            told: Mutex::default(),
            changed: Notify::new(),
            ended: AtomicBool::new(false),
            blocked: AtomicBool::new(false),
            unblocked: Arc::new(Notify::new()),
            on_event: Mutex::new(None),
        }
    }

    /// Its connection has ended.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    /// What was told and not forgotten.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().iter().cloned().collect()
    }

    pub(crate) fn tell(&self, told: Told) {
        self.told.lock().unwrap().push_back(told);
        self.changed.notify_waiters();
    }

    /// Looks at each event while it is delivered.
    pub(crate) fn on_event(&self, look: impl Fn(&Event) + Send + 'static) {
        *self.on_event.lock().unwrap() = Some(Box::new(look));
    }

    /// From now on there is no room, until [`Client::unblock`].
    pub(crate) fn block(&self) {
        self.blocked.store(true, Ordering::SeqCst);
    }

    pub(crate) fn unblock(&self) {
        self.blocked.store(false, Ordering::SeqCst);
        self.unblocked.notify_waiters();
    }

    /// The names of all that was told so far, which is forgotten. Neighbouring deltas count once.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.told.lock().unwrap().drain(..).map(|told| told.name()).collect();
        names.dedup_by(|next, name| next == name && name.ends_with("elta"));
        names
    }

    /// The events that have a place in their thread.
    pub(crate) fn placed(&self) -> Vec<Arc<Event>> {
        let told = self.told.lock().unwrap();
        let placed = told.iter().filter_map(|told| match told {
            Told::Event(event) if event.seq > 0 => Some(event.clone()),
            _ => None,
        });
        placed.collect()
    }

    pub(crate) fn events(&self) -> Vec<ServerNotification> {
        let told = self.told.lock().unwrap();
        let events = told.iter().filter_map(|told| match told {
            Told::Event(event) => Some(event.body.clone()),
            Told::Answer(_) | Told::Question { .. } => None,
        });
        events.collect()
    }

    /// Waits for an event.
    pub(crate) async fn until<T>(&self, what: &str, find: impl Fn(&ServerNotification) -> Option<T>) -> T {
        let find = |told: &Told| match told {
            Told::Event(event) => find(&event.body),
            Told::Answer(_) | Told::Question { .. } => None,
        };
        self.until_told(what, |told| told.iter().find_map(find)).await
    }

    /// Waits until all that was told and not forgotten has something.
    pub(crate) async fn until_told<T>(&self, what: &str, find: impl Fn(&[Told]) -> Option<T>) -> T {
        let waiting = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if let Some(found) = find(&self.told()) {
                    return found;
                }
                changed.await;
            }
        };
        // Real time: some tests stop tokio's clock, and what is waited for may lie hours ahead on it.
        let (expired, expiry) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            drop(expired);
        });
        tokio::select! {
            found = waiting => found,
            _ = expiry => panic!("no {what} came: {:?}", self.names()),
        }
    }

    pub(crate) async fn completed(&self, turn_id: &str) -> v2::Turn {
        self.until("turn/completed", |event| match event {
            ServerNotification::TurnCompleted(completed) if completed.turn.id == turn_id => {
                Some(completed.turn.clone())
            }
            _ => None,
        })
        .await
    }

    pub(crate) async fn first_delta(&self) -> String {
        self.until("delta", |event| match event {
            ServerNotification::AgentMessageDelta(delta) => Some(delta.delta.clone()),
            _ => None,
        })
        .await
    }

    /// The texts of all completed items of a kind: `userMessage` or `agentMessage`.
    pub(crate) fn texts(&self, of: &str) -> Vec<String> {
        let completed = self.events().into_iter().filter_map(|event| match event {
            ServerNotification::ItemCompleted(completed) if kind(&completed.item) == of => Some(completed.item.kind),
            _ => None,
        });
        let text = |item| match item {
            v2::ThreadItemKind::AgentMessage { text, .. } => text,
            v2::ThreadItemKind::UserMessage { content, .. } => {
                serde_json::to_value(&content[0]).unwrap()["text"].as_str().unwrap().to_owned()
            }
            other => format!("{other:?}"),
        };
        completed.map(text).collect()
    }
}

impl Subscriber for Client {
    fn id(&self) -> SubscriberId {
        self.id
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    fn deliver(&self, event: &Arc<Event>) {
        if let Some(look) = &*self.on_event.lock().unwrap() {
            look(event);
        }
        self.tell(Told::Event(event.clone()));
    }

    fn ask(&self, question: &Question) {
        let params = serde_json::from_str(question.params.get()).unwrap();
        self.tell(Told::Question { id: question.id, method: question.method, params });
    }

    fn notes_places(&self) -> bool {
        self.wants.places
    }

    fn wants_heartbeat(&self) -> bool {
        self.wants.heartbeat
    }

    fn question_limit(&self) -> Option<Duration> {
        self.wants.question_limit
    }

    fn ready(&self) -> Option<Pin<Box<dyn Future<Output = ()> + Send>>> {
        if !self.blocked.load(Ordering::SeqCst) {
            return None;
        }
        let unblocked = self.unblocked.clone().notified_owned();
        Some(Box::pin(unblocked))
    }
}

#[derive(Default)]
pub(crate) struct Everyone {
    clients: Mutex<Vec<Arc<Client>>>,
}

impl Everyone {
    pub(crate) fn add(&self, client: &Arc<Client>) {
        self.clients.lock().unwrap().push(Arc::clone(client));
    }
}

impl Audience for Everyone {
    fn broadcast(&self, event: &Arc<Event>, but: &[SubscriberId]) {
        for client in self.clients.lock().unwrap().iter().filter(|client| !but.contains(&client.id)) {
            client.deliver(event);
        }
    }
}
