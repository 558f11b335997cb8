//! What can be imported, and importing it: one item at a time, each kind by its own module.

use std::path::{Path, PathBuf};

use codex_app_server_protocol::v2::{
    CommandMigration, ExternalAgentConfigImportItemTypeFailure as Failure,
    ExternalAgentConfigImportItemTypeSuccess as Success, ExternalAgentConfigImportTypeResult as TypeResult,
    ExternalAgentConfigMigrationItem as MigrationItem, ExternalAgentConfigMigrationItemType as ItemType, HookMigration,
    McpServerMigration, MigrationDetails, SkillMigration, SubagentMigration,
};
use codex_config_loader::CodexHome;

use crate::error::ImportError;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::{commands, hooks, instructions, mcp, skills, subagents, user_config};

/// Kinds that are looked for, in the order in which they are offered.
const OFFERED: [ItemType; 7] = [
    ItemType::Config,
    ItemType::McpServerConfig,
    ItemType::Hooks,
    ItemType::Skills,
    ItemType::Commands,
    ItemType::Subagents,
    ItemType::AgentsMd,
];

/// All kinds, in the order in which the results of a whole import name them.
const IN_TOTALS: [ItemType; 10] = [
    ItemType::Config,
    ItemType::Skills,
    ItemType::AgentsMd,
    ItemType::Plugins,
    ItemType::McpServerConfig,
    ItemType::Subagents,
    ItemType::Hooks,
    ItemType::Commands,
    ItemType::Sessions,
    ItemType::Memory,
];

/// What clients call the second agent, of which nothing can be imported yet.
const OTHER_SOURCE: &str = "cursor";

/// Where failures of imports happen, as clients know it.
const FAILURE_STAGE: &str = "import_request_failed";

/// Where to look.
#[derive(Clone, Debug, Default)]
pub struct DetectRequest {
    /// Whether to look in the home of the user.
    pub include_home: bool,
    /// Working directories whose repositories to look into, in this order; one that is relative or missing has nothing.
    pub cwds: Vec<String>,
    /// Which agent to look for; none or an unknown one is the default one.
    pub migration_source: Option<String>,
}

/// Finds and imports what the other agent left.
#[derive(Clone, Debug)]
pub struct Importer {
    user_home: Option<PathBuf>,
    codex_home: CodexHome,
}

impl Importer {
    /// For the user with this home, where it is known, and this `CODEX_HOME`.
    #[must_use]
    pub fn new(user_home: Option<PathBuf>, codex_home: CodexHome) -> Self {
        Self { user_home, codex_home }
    }

    /// What could be imported: the home first, then each repository once. Only what would change something.
    ///
    /// # Errors
    /// When the home is asked for and not known, or something that is there cannot be read or understood.
    pub fn detect(&self, request: &DetectRequest) -> Result<Vec<MigrationItem>, ImportError> {
        let mut found = Vec::new();
        if is_other(request.migration_source.as_deref()) {
            return Ok(found);
        }
        if request.include_home {
            offers(&self.scope_of_home()?, None, &mut found)?;
        }
        let mut seen: Vec<PathBuf> = Vec::new();
        for cwd in request.cwds.iter().map(Path::new).filter(|cwd| cwd.is_absolute()) {
            let Some(scope) = Scope::repository(self.user_home.as_deref(), cwd)? else { continue };
            if seen.iter().any(|root| root == scope.resolved_root()) {
                continue;
            }
            seen.push(scope.resolved_root().to_owned());
            offers(&scope, scope.root.to_str(), &mut found)?;
        }
        Ok(found)
    }

    /// Imports what an item names, as far as it would still change something; its description and details are not looked
    /// at. `migration_source` is what detection got. What fails is in the result.
    #[must_use]
    pub fn import(&self, item: &MigrationItem, migration_source: Option<&str>) -> TypeResult {
        let outcome = match self.outcome(item, is_other(migration_source)) {
            Ok(outcome) => outcome,
            Err(error) => return failed(item, &error),
        };
        let cwd = item.cwd.as_ref().map(|cwd| cwd.as_str().to_owned());
        let successes = outcome.done.into_iter().map(|(source, target)| Success {
            item_type: item.item_type,
            cwd: cwd.clone(),
            source: Some(source),
            target: Some(target),
            title: None,
        });
        let failures = outcome.failed.into_iter().map(|(source, error)| failure(item, &error, Some(source)));
        TypeResult { item_type: item.item_type, successes: successes.collect(), failures: failures.collect() }
    }

    fn outcome(&self, item: &MigrationItem, is_other: bool) -> Result<Outcome, ImportError> {
        if is_other {
            return Err(ImportError::NotSupported("what this agent left"));
        }
        let scope = match item.cwd.as_ref().map(|cwd| cwd.as_str()).filter(|cwd| !cwd.is_empty()) {
            None => Some(self.scope_of_home()?),
            Some(cwd) if Path::new(cwd).is_absolute() => Scope::repository(self.user_home.as_deref(), Path::new(cwd))?,
            Some(cwd) => return Err(ImportError::RelativePath(cwd.to_owned())),
        };
        // A repository that is gone has nothing left to import.
        let import_from = |import: fn(&Scope) -> Result<Outcome, ImportError>| match &scope {
            Some(scope) => import(scope),
            None => Ok(Outcome::default()),
        };
        match item.item_type {
            ItemType::Config => import_from(user_config::import),
            ItemType::McpServerConfig => import_from(mcp::import),
            ItemType::Hooks => import_from(hooks::import),
            ItemType::Skills => import_from(skills::import),
            ItemType::Commands => import_from(commands::import),
            ItemType::Subagents => import_from(subagents::import),
            ItemType::AgentsMd => import_from(instructions::import),
            ItemType::Plugins => Err(ImportError::NotSupported("plugins")),
            ItemType::Sessions => Err(ImportError::NotSupported("sessions")),
            ItemType::Memory => Err(ImportError::NotSupported("memories")),
        }
    }

    fn scope_of_home(&self) -> Result<Scope, ImportError> {
        Scope::home(self.user_home.as_deref(), self.codex_home.path())
    }
}

/// The result of an item of which nothing was imported.
#[must_use]
pub fn failed(item: &MigrationItem, error: &ImportError) -> TypeResult {
    TypeResult { item_type: item.item_type, successes: Vec::new(), failures: vec![failure(item, error, None)] }
}

fn failure(item: &MigrationItem, error: &ImportError, source: Option<String>) -> Failure {
    Failure {
        item_type: item.item_type,
        error_type: Some(error.error_type().to_owned()),
        sub_error_type: error.sub_error_type().map(str::to_owned),
        failure_stage: FAILURE_STAGE.to_owned(),
        message: error.to_string(),
        cwd: item.cwd.clone(),
        source,
    }
}

fn is_other(migration_source: Option<&str>) -> bool {
    migration_source == Some(OTHER_SOURCE)
}

/// Adds what a place has to offer. What lies behind a link out of a repository is not offered; importing it says why.
fn offers(scope: &Scope, cwd: Option<&str>, found: &mut Vec<MigrationItem>) -> Result<(), ImportError> {
    for kind in OFFERED {
        let offer = match kind {
            ItemType::Config => user_config::offer(scope),
            ItemType::McpServerConfig => mcp::offer(scope),
            ItemType::Hooks => hooks::offer(scope),
            ItemType::Skills => skills::offer(scope),
            ItemType::Commands => commands::offer(scope),
            ItemType::Subagents => subagents::offer(scope),
            ItemType::AgentsMd => instructions::offer(scope),
            ItemType::Plugins | ItemType::Sessions | ItemType::Memory => Ok(None),
        };
        let offer = match offer {
            Err(ImportError::Escapes { .. }) => None,
            offer => offer?,
        };
        if let Some(Offer { description, names }) = offer {
            found.push(MigrationItem {
                item_type: kind,
                description,
                cwd: cwd.map(Into::into),
                details: names.map(|names| details(kind, names)),
            });
        }
    }
    Ok(())
}

fn details(kind: ItemType, names: Vec<String>) -> MigrationDetails {
    let mut details = MigrationDetails {
        plugins: Vec::new(),
        skills: Vec::new(),
        sessions: Vec::new(),
        mcp_servers: Vec::new(),
        hooks: Vec::new(),
        subagents: Vec::new(),
        commands: Vec::new(),
        memory: Vec::new(),
    };
    let names = names.into_iter();
    match kind {
        ItemType::Skills => details.skills = names.map(|name| SkillMigration { name }).collect(),
        ItemType::McpServerConfig => details.mcp_servers = names.map(|name| McpServerMigration { name }).collect(),
        ItemType::Hooks => details.hooks = names.map(|name| HookMigration { name }).collect(),
        ItemType::Subagents => details.subagents = names.map(|name| SubagentMigration { name }).collect(),
        ItemType::Commands => details.commands = names.map(|name| CommandMigration { name }).collect(),
        ItemType::AgentsMd | ItemType::Config | ItemType::Plugins | ItemType::Memory | ItemType::Sessions => {}
    }
    details
}

/// The results of the items of an import together, one entry a kind.
#[must_use]
pub fn totals(results: Vec<TypeResult>) -> Vec<TypeResult> {
    let mut totals: Vec<TypeResult> = Vec::new();
    for result in results {
        match totals.iter_mut().find(|total| total.item_type == result.item_type) {
            Some(total) => {
                total.successes.extend(result.successes);
                total.failures.extend(result.failures);
            }
            None => totals.push(result),
        }
    }
    totals.sort_by_key(|total| IN_TOTALS.iter().position(|kind| *kind == total.item_type));
    totals
}
