//! What numbers of one kind are told apart by: closed lists, so that no client can make them grow.

/// The most values that a label has.
pub(crate) const MOST_VALUES: usize = 5;

/// A closed list of values.
pub trait Label: Copy + 'static {
    /// The label's name.
    const NAME: &'static str;
    /// The values as they are written, in order.
    const VALUES: &'static [&'static str];

    /// The place of a value in the list.
    fn index(self) -> usize;
}

macro_rules! labels {
    ($($(#[$docs:meta])* $label:ident $name:literal { $($(#[$value_docs:meta])* $value:ident = $text:literal,)+ })+) => {$(
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $label {
            $($(#[$value_docs])* $value,)+
        }

        impl Label for $label {
            const NAME: &'static str = $name;
            const VALUES: &'static [&'static str] = &[$($text,)+];

            fn index(self) -> usize {
                self as usize
            }
        }

        const _: () = assert!($label::VALUES.len() <= MOST_VALUES);
    )+};
}

labels! {
    /// What carries a connection.
    ConnectionLabel "transport" {
        /// Standard input and output.
        Stdio = "stdio",
        /// A websocket.
        WebSocket = "websocket",
        /// A websocket on a unix socket.
        Unix = "unix",
        /// A client within the process.
        InProcess = "in_process",
    }

    /// Whether something came off well.
    OutcomeLabel "outcome" {
        /// It did.
        Ok = "ok",
        /// It ended with an error.
        Error = "error",
    }

    /// How a turn ended.
    TurnEndLabel "status" {
        /// The model had nothing left to say.
        Completed = "completed",
        /// It was stopped.
        Interrupted = "interrupted",
        /// It failed.
        Failed = "failed",
    }

    /// What tokens are.
    TokenLabel "kind" {
        /// What the model read, cached or not.
        Input = "input",
        /// What of it the provider had in its cache.
        CachedInput = "cached_input",
        /// What the model wrote, reasoning included.
        Output = "output",
        /// What of it was reasoning.
        ReasoningOutput = "reasoning_output",
    }
}
