//! How a turn begins: what it runs with, what the model is told anew, and what the user says, written down at once.

use std::path::PathBuf;

use codex_app_server_protocol::v2::ThreadItem;
use codex_config_loader::LoadRequest;
use codex_thread_store::{RolloutItem, TaskStarted, ThreadSettings, TurnContext};

use super::input::Parts;
use super::run::{Ending, Work};
use super::{Message, SettingsLine, TurnKind, items};
use crate::context::{AgentsMd, ContextMessage, World, permissions};
use crate::settings::Settings;
use crate::thread::conversation::{Entry, item};

impl Work {
    /// Writes down the beginning of the turn and tells of the user's message.
    pub(super) async fn open(&self, message: Message) -> Result<(), Ending> {
        let mut lines = self.first_lines();
        self.surroundings(&mut lines)?;
        let said = self.user_message(message, &mut lines).await?;
        self.thread.log.write(lines).await?;
        self.show(said);
        Ok(())
    }

    /// Writes down the beginning of a turn that goes on to the thread's goal.
    pub(super) async fn open_goal(&self, told: ContextMessage) -> Result<(), Ending> {
        let mut lines = self.first_lines();
        self.surroundings(&mut lines)?;
        lines.push(self.thread.conversation().push_context(&self.thread.env, &self.turn.id, told)?);
        Ok(self.thread.log.write(lines).await?)
    }

    /// Writes down the beginning of a turn that has nothing for the model.
    pub(super) async fn begin_lines(&self) -> Result<(), Ending> {
        Ok(self.thread.log.write(self.first_lines()).await?)
    }

    /// The turn goes on. What a turn without the model has left out is made up for.
    pub(super) async fn reopen(&self) -> Result<(), Ending> {
        if self.turn.kind == TurnKind::Regular {
            return Ok(());
        }
        let mut lines = Vec::new();
        self.surroundings(&mut lines)?;
        Ok(self.thread.log.write(lines).await?)
    }

    fn first_lines(&self) -> Vec<RolloutItem> {
        let turn = &self.turn;
        let mut lines = Vec::new();
        if turn.settings_line == SettingsLine::Changed {
            lines.push(self.settings());
        }
        lines.push(RolloutItem::TaskStarted(TaskStarted {
            turn_id: turn.id.clone(),
            root_turn_id: turn.root_id.clone(),
            turn_trigger: turn.trigger.clone(),
            parent_turn_id: turn.parent_id.clone(),
            started_at: turn.started_at(),
            model_context_window: Some(turn.model.window),
            collaboration_mode_kind: turn.settings.mode,
        }));
        lines
    }

    pub(super) fn settings(&self) -> RolloutItem {
        RolloutItem::ThreadSettingsApplied(Box::new(settings_line(&self.turn.settings)))
    }

    /// What the model is told of its surroundings, and what it works with.
    pub(super) fn surroundings(&self, lines: &mut Vec<RolloutItem>) -> Result<(), Ending> {
        self.tell_the_world(lines)?;
        lines.push(RolloutItem::TurnContext(Box::new(self.turn_context())));
        if self.turn.settings_line == SettingsLine::First {
            lines.push(self.settings());
        }
        Ok(())
    }

    /// Takes up a message that came while the turn was running.
    pub(super) async fn take_up(&self, message: Message) -> Result<(), Ending> {
        let mut lines = Vec::new();
        let said = self.user_message(message, &mut lines).await?;
        self.thread.log.write(lines).await?;
        self.show(said);
        Ok(())
    }

    fn show(&self, said: Option<ThreadItem>) {
        if let Some(item) = said {
            let sink = &self.thread.sink;
            sink.item_started(&self.turn.id, ThreadItem { completed_at_ms: None, ..item.clone() });
            sink.item_completed(&self.turn.id, item);
        }
    }

    /// Puts what the user says into the history; nothing when nothing is said.
    async fn user_message(&self, message: Message, lines: &mut Vec<RolloutItem>) -> Result<Option<ThreadItem>, Ending> {
        if message.content.is_empty() {
            return Ok(None);
        }
        let (thread, turn) = (&self.thread, &self.turn);
        let env = &thread.env;
        let takes_images = turn.model.info.input_modalities.iter().any(|kind| kind == "image");
        let parts = Parts::new(&message.content, turn.settings.cwd.as_path(), takes_images).await;
        let shown = items::user_message(env.new_id(), message.client_id, message.content, env.now_ms());
        let Parts { content, kinds, has_media } = parts;
        if !content.is_empty() {
            let id = format!("msg_{}", env.new_id());
            let raw = item(&serde_json::json!({ "type": "message", "id": id, "role": "user", "content": content }))?;
            let entry = Entry::User { id: &id, kinds, complete: !has_media };
            lines.push(thread.conversation().push(env, &turn.id, raw, &entry));
        }
        lines.push(RolloutItem::item_completed(&*turn.id, &shown));
        Ok(Some(shown))
    }

    /// Tells the model about its surroundings, or what changed about them.
    fn tell_the_world(&self, lines: &mut Vec<RolloutItem>) -> Result<(), Ending> {
        let (thread, turn) = (&self.thread, &self.turn);
        let blocks = thread.config().include;
        let (before, agents_md) = {
            let conversation = thread.conversation();
            (conversation.told().cloned(), conversation.agents_md().cloned())
        };
        let agents_md = self.agents_md(agents_md);
        let world = World::new(&turn.settings, &thread.shell, &thread.env.now_zoned(), agents_md);
        let update = match &before {
            None => {
                let config = thread.config();
                let demanded = config.additional_developer_instructions.as_deref();
                Some(world.introduction(thread.developer_instructions.as_deref(), demanded, blocks))
            }
            Some(before) => world.change(before, blocks),
        };
        let Some(update) = update else { return Ok(()) };
        let mut conversation = thread.conversation();
        for message in update.messages {
            lines.push(conversation.push_context(&thread.env, &turn.id, message)?);
        }
        lines.push(RolloutItem::WorldState(update.world_state));
        conversation.tell(&world);
        Ok(())
    }

    /// What AGENTS.md files say for the turn's folder; they are read again when the folder changes.
    pub(super) fn agents_md(&self, known: Option<(PathBuf, AgentsMd)>) -> AgentsMd {
        let thread = &self.thread;
        let cwd = self.turn.settings.cwd.as_path();
        let (known_cwd, known) = known.unwrap_or_else(|| (thread.started_in.clone(), thread.agents_md.clone()));
        if known_cwd == cwd {
            return known;
        }
        let request = LoadRequest { cwd: Some(cwd.to_owned()), ..LoadRequest::default() };
        let config = thread.loader.load(&request).unwrap_or_else(|error| {
            tracing::warn!(%error, "the configuration of the turn's folder is not used");
            thread.config()
        });
        let found = AgentsMd::load(thread.loader.home().path(), &config, cwd);
        for warning in &found.warnings {
            thread.warn(warning.clone());
        }
        found
    }

    pub(super) fn turn_context(&self) -> TurnContext {
        let turn = &self.turn;
        let settings = &turn.settings;
        TurnContext {
            turn_id: turn.id.clone(),
            root_turn_id: turn.root_id.clone(),
            disabled_plugin_ids: settings.disabled_plugin_ids.clone(),
            cwd: settings.cwd.as_str().to_owned(),
            approval_policy: settings.approval_policy.clone(),
            approvals_reviewer: settings.approvals_reviewer,
            permission_profile: permissions::profile(settings),
            active_permission_profile: settings.active_permission_profile.clone(),
            model: settings.model.clone(),
            comp_hash: turn.model.info.comp_hash.clone(),
            personality: settings.personality,
            collaboration_mode: settings.collaboration_mode(),
            multi_agent_version: turn.model.info.multi_agent_version.clone().unwrap_or_else(|| "v1".to_owned()),
            realtime_active: false,
            effort: settings.effort.clone(),
            summary: self.summary(),
            sandbox_policy: settings.sandbox_policy.clone(),
            file_system_sandbox_policy: permissions::file_system_policy(settings),
        }
    }
}

/// The settings as the rollout keeps them.
pub(crate) fn settings_line(settings: &Settings) -> ThreadSettings {
    ThreadSettings {
        model: settings.model.clone(),
        model_provider_id: settings.provider_id.clone(),
        service_tier: settings.service_tier.clone(),
        approval_policy: settings.approval_policy.clone(),
        approvals_reviewer: settings.approvals_reviewer,
        requested_approvals_reviewer: settings.approvals_reviewer,
        permission_profile: permissions::profile(settings),
        active_permission_profile: settings.active_permission_profile.clone(),
        cwd: settings.cwd.as_str().to_owned(),
        runtime_workspace_roots: settings.workspace_roots.iter().map(|root| root.as_str().to_owned()).collect(),
        reasoning_effort: settings.effort.clone(),
        reasoning_summary: settings.summary,
        personality: settings.personality,
        collaboration_mode: settings.collaboration_mode(),
        disabled_plugin_ids: settings.disabled_plugin_ids.clone(),
    }
}
