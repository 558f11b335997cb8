//! What is kept beside the threads' files: sections, projects, attachments, read states, queues, goals, memory modes.
//! Handed to the engine, which answers.

use codex_app_server_protocol::{Handle, methods, v2};

use super::Context;
use crate::reply::Reply;

impl Handle<methods::ThreadSectionList, Reply> for Context {
    async fn handle(self, params: v2::ThreadSectionListParams, reply: Reply) {
        self.app.engine.list_sections(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadSectionCreate, Reply> for Context {
    async fn handle(self, params: v2::ThreadSectionCreateParams, reply: Reply) {
        self.app.engine.create_section(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadSectionUpdate, Reply> for Context {
    async fn handle(self, params: v2::ThreadSectionUpdateParams, reply: Reply) {
        self.app.engine.update_section(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadSectionDelete, Reply> for Context {
    async fn handle(self, params: v2::ThreadSectionDeleteParams, reply: Reply) {
        self.app.engine.delete_section(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadSectionMove, Reply> for Context {
    async fn handle(self, params: v2::ThreadSectionMoveParams, reply: Reply) {
        self.app.engine.move_to_section(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectList, Reply> for Context {
    async fn handle(self, params: v2::ProjectListParams, reply: Reply) {
        self.app.engine.list_projects(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectRead, Reply> for Context {
    async fn handle(self, params: v2::ProjectReadParams, reply: Reply) {
        self.app.engine.read_project(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectCreate, Reply> for Context {
    async fn handle(self, params: v2::ProjectCreateParams, reply: Reply) {
        self.app.engine.create_project(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectImport, Reply> for Context {
    async fn handle(self, params: v2::ProjectImportParams, reply: Reply) {
        self.app.engine.import_project(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectUpdate, Reply> for Context {
    async fn handle(self, params: v2::ProjectUpdateParams, reply: Reply) {
        self.app.engine.update_project(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectMove, Reply> for Context {
    async fn handle(self, params: v2::ProjectMoveParams, reply: Reply) {
        self.app.engine.move_project(params, reply.engine()).await;
    }
}

impl Handle<methods::ProjectDelete, Reply> for Context {
    async fn handle(self, params: v2::ProjectDeleteParams, reply: Reply) {
        self.app.engine.delete_project(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadAttachmentAdd, Reply> for Context {
    async fn handle(self, params: v2::ThreadAttachmentAddParams, reply: Reply) {
        self.app.engine.add_attachment(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadAttachmentList, Reply> for Context {
    async fn handle(self, params: v2::ThreadAttachmentListParams, reply: Reply) {
        self.app.engine.list_attachments(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadAttachmentOwnerList, Reply> for Context {
    async fn handle(self, params: v2::ThreadAttachmentOwnerListParams, reply: Reply) {
        self.app.engine.list_attachment_owners(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadAttachmentRemove, Reply> for Context {
    async fn handle(self, params: v2::ThreadAttachmentRemoveParams, reply: Reply) {
        self.app.engine.remove_attachment(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadReadStateUpdate, Reply> for Context {
    async fn handle(self, params: v2::ThreadReadStateUpdateParams, reply: Reply) {
        self.app.engine.update_read_state(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadQueueAdd, Reply> for Context {
    async fn handle(self, params: v2::ThreadQueueAddParams, reply: Reply) {
        self.app.engine.add_to_queue(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadQueueList, Reply> for Context {
    async fn handle(self, params: v2::ThreadQueueListParams, reply: Reply) {
        self.app.engine.list_queue(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadQueueUpdate, Reply> for Context {
    async fn handle(self, params: v2::ThreadQueueUpdateParams, reply: Reply) {
        self.app.engine.update_queued(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadQueueDelete, Reply> for Context {
    async fn handle(self, params: v2::ThreadQueueDeleteParams, reply: Reply) {
        self.app.engine.delete_queued(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadQueueReorder, Reply> for Context {
    async fn handle(self, params: v2::ThreadQueueReorderParams, reply: Reply) {
        self.app.engine.reorder_queue(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadQueueStart, Reply> for Context {
    async fn handle(self, params: v2::ThreadQueueStartParams, reply: Reply) {
        self.app.engine.start_queued(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadMemoryModeSet, Reply> for Context {
    async fn handle(self, params: v2::ThreadMemoryModeSetParams, reply: Reply) {
        self.app.engine.set_memory_mode(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadGoalSet, Reply> for Context {
    async fn handle(self, params: v2::ThreadGoalSetParams, reply: Reply) {
        self.app.engine.set_goal(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadGoalGet, Reply> for Context {
    async fn handle(self, params: v2::ThreadGoalGetParams, reply: Reply) {
        self.app.engine.get_goal(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadGoalClear, Reply> for Context {
    async fn handle(self, params: v2::ThreadGoalClearParams, reply: Reply) {
        self.app.engine.clear_goal(params, reply.engine()).await;
    }
}
