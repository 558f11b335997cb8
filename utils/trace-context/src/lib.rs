//! W3C trace context: which trace a piece of work belongs to, taken from who asked and told to whom we ask.
//!
//! What lives here: [`TraceContext`], read strictly and written as `traceparent` and `tracestate`; and the context of the
//! present work ([`scope`], [`current`], [`outgoing`]), which follows a task as its span does. What must hold: what is not
//! well-formed is ignored as a whole; without a trace nothing is made up, unless something exports our spans and says so by
//! [`read_spans_with`].
#![forbid(unsafe_code)]

use std::fmt;
use std::future::Future;
use std::sync::{Arc, OnceLock};

use uuid::Uuid;

/// The flags that mean something to us: sampled, and random.
const KNOWN_FLAGS: u8 = 0b11;
const SAMPLED: u8 = 0b01;
/// The longest trace state that is passed on, and its most members.
const STATE_BYTES: usize = 512;
const STATE_MEMBERS: usize = 32;

/// A place in a trace: the trace, and the span that is the parent of what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: [u8; 16],
    span_id: [u8; 8],
    flags: u8,
    state: Option<Arc<str>>,
}

impl TraceContext {
    /// Reads the two values; `None` when the first is malformed. A malformed second one is left out.
    ///
    /// ```
    /// use codex_utils_trace_context::TraceContext;
    /// let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    /// assert_eq!(TraceContext::parse(parent, None).unwrap().traceparent(), parent);
    /// ```
    #[must_use]
    pub fn parse(traceparent: &str, tracestate: Option<&str>) -> Option<Self> {
        let bytes = traceparent.as_bytes();
        let (head, rest) = bytes.split_at_checked(55)?;
        let [version] = hex(head.get(..2)?)?;
        // A later version may have more behind it; this one may not.
        let ends_well = if version == 0 { rest.is_empty() } else { rest.first().is_none_or(|byte| *byte == b'-') };
        let divided = [2, 35, 52].iter().all(|at| head.get(*at) == Some(&b'-'));
        if version == 0xff || !ends_well || !divided {
            return None;
        }
        let (trace_id, span_id): ([u8; 16], [u8; 8]) = (hex(head.get(3..35)?)?, hex(head.get(36..52)?)?);
        let [flags] = hex(head.get(53..55)?)?;
        if trace_id == [0; 16] || span_id == [0; 8] {
            return None;
        }
        let state = tracestate.map(str::trim).filter(|state| is_state(state)).map(Arc::from);
        Some(Self { trace_id, span_id, flags: flags & KNOWN_FLAGS, state })
    }

    /// The first place of a new trace, which is sampled.
    #[must_use]
    pub fn root() -> Self {
        Self { trace_id: Uuid::new_v4().into_bytes(), span_id: new_span_id(), flags: SAMPLED, state: None }
    }

    /// A new span of the same trace.
    #[must_use]
    pub fn child(&self) -> Self {
        Self { span_id: new_span_id(), ..self.clone() }
    }

    /// The id of the trace.
    #[must_use]
    pub fn trace_id(&self) -> &[u8; 16] {
        &self.trace_id
    }

    /// The id of the span.
    #[must_use]
    pub fn span_id(&self) -> &[u8; 8] {
        &self.span_id
    }

    /// The flags.
    #[must_use]
    pub fn flags(&self) -> u8 {
        self.flags
    }

    /// Whether whoever began the trace wants it recorded.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }

    /// The value of the header `traceparent`.
    #[must_use]
    pub fn traceparent(&self) -> String {
        self.to_string()
    }

    /// The value of the header `tracestate`, when there is one.
    #[must_use]
    pub fn tracestate(&self) -> Option<&str> {
        self.state.as_deref()
    }
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (trace, span) = (u128::from_be_bytes(self.trace_id), u64::from_be_bytes(self.span_id));
        write!(f, "00-{trace:032x}-{span:016x}-{:02x}", self.flags)
    }
}

fn new_span_id() -> [u8; 8] {
    // The bits that say which kind of UUID it is are hidden below random ones.
    let (high, low) = Uuid::new_v4().as_u64_pair();
    (high ^ low.rotate_left(32)).max(1).to_be_bytes()
}

/// Lowercase digits, as the standard demands.
fn hex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    if digits.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = value(*high)? << 4 | value(*low)?;
    }
    Some(bytes)
}

/// Whether this is a list of `key=value`, with the characters that may stand in them.
fn is_state(text: &str) -> bool {
    let is_key = |key: &str| {
        let in_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-*/@".contains(c);
        (1..=256).contains(&key.len())
            && key.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && key.chars().all(in_key)
            && key.matches('@').count() <= 1
    };
    let is_value = |value: &str| {
        (1..=256).contains(&value.len())
            && !value.ends_with(' ')
            && value.chars().all(|c| (' '..='~').contains(&c) && c != ',' && c != '=')
    };
    let mut members =
        text.split(',').map(|member| member.trim_matches([' ', '\t'])).filter(|member| !member.is_empty());
    let well_formed =
        members.clone().all(|member| member.split_once('=').is_some_and(|(key, value)| is_key(key) && is_value(value)));
    text.len() <= STATE_BYTES && well_formed && members.next().is_some() && members.count() < STATE_MEMBERS
}

tokio::task_local! {
    static CARRIED: TraceContext;
}

/// Tells the place of the span that the caller is in.
pub type ReadSpan = fn() -> Option<TraceContext>;

static SPANS: OnceLock<ReadSpan> = OnceLock::new();

/// From now on spans of ours have places in traces: this is how to find the present one. The first call counts.
pub fn read_spans_with(read: ReadSpan) {
    let _ = SPANS.set(read);
}

/// Runs work that belongs to a trace, or to none.
pub async fn scope<F: Future>(context: Option<TraceContext>, work: F) -> F::Output {
    match context {
        Some(context) => CARRIED.scope(context, work).await,
        None => work.await,
    }
}

/// The same for work that does not wait.
pub fn sync_scope<T>(context: Option<TraceContext>, work: impl FnOnce() -> T) -> T {
    match context {
        Some(context) => CARRIED.sync_scope(context, work),
        None => work(),
    }
}

/// What [`scope`] says, whatever spans there are.
#[must_use]
pub fn carried() -> Option<TraceContext> {
    CARRIED.try_with(Clone::clone).ok()
}

/// Where the present work stands: in its span, where spans have places, else where who asked for it stands.
#[must_use]
pub fn current() -> Option<TraceContext> {
    of_span().or_else(carried)
}

/// What a request of ours to others says: it comes from the span it is made in; where spans have no places, from one that is
/// named for this request alone.
#[must_use]
pub fn outgoing() -> Option<TraceContext> {
    of_span().or_else(|| CARRIED.try_with(TraceContext::child).ok())
}

fn of_span() -> Option<TraceContext> {
    SPANS.get().and_then(|read| read())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    fn parse(traceparent: &str) -> Option<String> {
        TraceContext::parse(traceparent, None).map(|context| context.traceparent())
    }

    #[test]
    fn only_what_is_well_formed_is_read() {
        assert_eq!(parse(PARENT).as_deref(), Some(PARENT));
        assert_eq!(parse(&PARENT.replace("-01", "-00")), Some(PARENT.replace("-01", "-00")));
        assert_eq!(
            parse(&PARENT.replace("-01", "-fd")).as_deref(),
            Some(PARENT),
            "flags that nobody knows are not ours"
        );
        assert_eq!(
            parse(&format!("cc{}-more", &PARENT[2..])).as_deref(),
            Some(PARENT),
            "a later version is read as ours"
        );
        for bad in [
            "",
            "00",
            &PARENT[..54],
            &format!("{PARENT}-"),
            &format!("{PARENT}0"),
            &format!(" {PARENT}"),
            &format!("cc{}0", &PARENT[2..]),
            &PARENT.replacen("00", "ff", 1),
            &PARENT.replacen("00", "0g", 1),
            &PARENT.to_uppercase(),
            &PARENT.replace('-', "_"),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319é-b7ad6b7169203331-1",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_bad_state_is_left_out_and_the_parent_kept() {
        let state = |text: &str| TraceContext::parse(PARENT, Some(text)).unwrap().tracestate().map(str::to_owned);
        for good in ["a=1", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7", "fw529a3039@dt=FfAB cd", "a=1,,b=2", "a=1 , b=2"]
        {
            assert_eq!(state(good).as_deref(), Some(good));
        }
        let (many, long) = (vec!["a=1"; 33].join(","), format!("a={}", "x".repeat(257)));
        for bad in
            ["", " ", ",", "a", "a=", "=1", "A=1", "a=1=2", "a=é", "a\n=1", "a=1\r\nx: y", "a@b@c=1", &many, &long]
        {
            assert_eq!(state(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_child_is_another_span_of_the_same_trace() {
        let parent = TraceContext::parse(PARENT, Some("a=1")).unwrap();
        let child = parent.child();
        assert_eq!(child.trace_id(), parent.trace_id());
        assert_ne!(child.span_id(), parent.span_id());
        assert_eq!(child.tracestate(), Some("a=1"));
        assert!(child.is_sampled());
        assert!(parse(&TraceContext::root().traceparent()).is_some());
    }

    #[tokio::test]
    async fn work_has_the_context_it_is_run_with() {
        assert_eq!((current(), outgoing()), (None, None));
        let context = TraceContext::parse(PARENT, None).unwrap();
        let seen = scope(Some(context.clone()), async {
            tokio::task::yield_now().await;
            (current(), outgoing())
        });
        let (current, outgoing) = seen.await;
        assert_eq!(current, Some(context.clone()));
        assert_eq!(outgoing.unwrap().trace_id(), context.trace_id());
        assert_eq!(sync_scope(Some(context.clone()), carried), Some(context));
        assert_eq!(carried(), None);
    }

    proptest! {
        #[test]
        fn nothing_read_breaks_anything(parent in "\\PC{0,60}", state in "\\PC{0,60}") {
            if let Some(context) = TraceContext::parse(&parent, Some(&state)) {
                prop_assert!(TraceContext::parse(&context.traceparent(), context.tracestate()) == Some(context));
            }
        }

        #[test]
        fn what_is_written_is_read_back(trace in 1u128.., span in 1u64.., flags in 0u8..4) {
            let text = format!("00-{trace:032x}-{span:016x}-{flags:02x}");
            prop_assert_eq!(parse(&text), Some(text));
        }
    }
}
