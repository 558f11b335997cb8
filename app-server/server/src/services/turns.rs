//! `turn/*`: handed to the engine, which answers.

use codex_app_server_protocol::{Handle, methods, v2};

use super::Context;
use crate::reply::Reply;

impl Handle<methods::TurnStart, Reply> for Context {
    async fn handle(self, params: v2::TurnStartParams, reply: Reply) {
        match self.key {
            Some(key) => self.app.engine.start_turn_once(key, params, reply.engine()).await,
            None => self.app.engine.start_turn(params, reply.engine()).await,
        }
    }
}

impl Handle<methods::TurnSteer, Reply> for Context {
    async fn handle(self, params: v2::TurnSteerParams, reply: Reply) {
        self.app.engine.steer_turn(params, reply.engine()).await;
    }
}

impl Handle<methods::TurnInterrupt, Reply> for Context {
    async fn handle(self, params: v2::TurnInterruptParams, reply: Reply) {
        self.app.engine.interrupt_turn(params, reply.engine()).await;
    }
}

impl Handle<methods::TurnSettingsUpdate, Reply> for Context {
    async fn handle(self, params: v2::TurnSettingsUpdateParams, reply: Reply) {
        self.app.engine.update_turn_settings(&params, reply.engine());
    }
}
