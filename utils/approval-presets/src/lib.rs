//! Ready-made answers to two questions at once: when the user is asked, and what commands may touch.
//!
//! [`PRESETS`] is the table that pickers and command lines offer; [`matching_preset`] says which of them describes what
//! is in force.
//!
//! ```
//! use codex_utils_approval_presets::{CurrentProfile, PresetApproval, matching_preset, preset};
//! let full = preset("full-access").unwrap();
//! assert_eq!((full.label, full.approval), ("Full Access", PresetApproval::Never));
//! assert_eq!(matching_preset(&CurrentProfile::Disabled), Some(full));
//! ```
#![forbid(unsafe_code)]

/// Id of the built-in permission profile that only reads.
pub const READ_ONLY_PROFILE: &str = ":read-only";
/// Id of the built-in permission profile that writes below the working folder.
pub const WORKSPACE_PROFILE: &str = ":workspace";
/// Id of the built-in permission profile without a sandbox.
pub const DANGER_FULL_ACCESS_PROFILE: &str = ":danger-full-access";

/// One ready-made choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApprovalPreset {
    /// Its id, as a command line takes it.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it means, in a sentence or two.
    pub description: &'static str,
    /// When the user is asked.
    pub approval: PresetApproval,
    /// Id of the built-in permission profile it stands for.
    pub profile: &'static str,
    /// What commands may touch.
    pub sandbox: PresetSandbox,
}

/// When the user is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetApproval {
    /// When the model needs more than the sandbox gives.
    OnRequest,
    /// Not at all.
    Never,
}

/// What commands may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetSandbox {
    /// Reading only.
    ReadOnly {
        /// Whether the network may be used.
        network_access: bool,
    },
    /// Writing in the working folder and those for temporary files.
    WorkspaceWrite {
        /// Whether the network may be used.
        network_access: bool,
    },
    /// Everything: there is no sandbox.
    Disabled,
}

/// What is in force, as far as a preset cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurrentProfile {
    /// There is no sandbox.
    Disabled,
    /// A sandbox that someone else has set up.
    External,
    /// A sandbox of ours.
    Managed {
        /// What it lets commands write.
        writes: WriteAccess,
        /// Whether the network may be used.
        network_access: bool,
    },
}

/// What a sandbox lets commands write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteAccess {
    /// Nothing.
    Nothing,
    /// Some folders, but not the working folder.
    Elsewhere,
    /// The working folder, and perhaps others.
    WorkingFolder,
    /// The whole disk.
    Everything,
}

/// Every preset, the most careful first.
pub const PRESETS: [ApprovalPreset; 3] = [
    ApprovalPreset {
        id: "read-only",
        label: "Read Only",
        description: "Any file may be read. You are asked before a file is changed or the network is used.",
        approval: PresetApproval::OnRequest,
        profile: READ_ONLY_PROFILE,
        sandbox: PresetSandbox::ReadOnly { network_access: false },
    },
    ApprovalPreset {
        id: "auto",
        label: "Default",
        description: "Any file may be read, those in the workspace changed. You are asked before a file elsewhere is \
                      changed or the network is used.",
        approval: PresetApproval::OnRequest,
        profile: WORKSPACE_PROFILE,
        sandbox: PresetSandbox::WorkspaceWrite { network_access: false },
    },
    ApprovalPreset {
        id: "full-access",
        label: "Full Access",
        description: "Any file may be read and changed and the network used, and you are never asked. Take care.",
        approval: PresetApproval::Never,
        profile: DANGER_FULL_ACCESS_PROFILE,
        sandbox: PresetSandbox::Disabled,
    },
];

/// The preset of an id; none when there is no such preset.
pub fn preset(id: &str) -> Option<&'static ApprovalPreset> {
    PRESETS.iter().find(|preset| preset.id == id)
}

/// The preset whose sandbox is the one in force; none when no preset describes it. There is at most one.
///
/// When the user is asked may differ from the preset's way: compare [`ApprovalPreset::approval`] where that counts.
pub fn matching_preset(current: &CurrentProfile) -> Option<&'static ApprovalPreset> {
    PRESETS.iter().find(|preset| preset.matches(current))
}

impl ApprovalPreset {
    /// Whether its sandbox is the one in force.
    ///
    /// Read-only wants that nothing may be written, the workspace that the working folder may be and the whole disk may
    /// not; both want the same network. Further folders do not matter to the workspace.
    pub fn matches(&self, current: &CurrentProfile) -> bool {
        let (wanted, wants_network) = match (self.sandbox, current) {
            (PresetSandbox::Disabled, CurrentProfile::Disabled) => return true,
            (PresetSandbox::ReadOnly { network_access }, CurrentProfile::Managed { .. }) => {
                (WriteAccess::Nothing, network_access)
            }
            (PresetSandbox::WorkspaceWrite { network_access }, CurrentProfile::Managed { .. }) => {
                (WriteAccess::WorkingFolder, network_access)
            }
            _ => return false,
        };
        *current == CurrentProfile::Managed { writes: wanted, network_access: wants_network }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_the_reference() {
        let rows: Vec<_> =
            PRESETS.iter().map(|row| (row.id, row.label, row.approval, row.profile, row.sandbox)).collect();
        assert_eq!(
            rows,
            [
                (
                    "read-only",
                    "Read Only",
                    PresetApproval::OnRequest,
                    ":read-only",
                    PresetSandbox::ReadOnly { network_access: false }
                ),
                (
                    "auto",
                    "Default",
                    PresetApproval::OnRequest,
                    ":workspace",
                    PresetSandbox::WorkspaceWrite { network_access: false }
                ),
                ("full-access", "Full Access", PresetApproval::Never, ":danger-full-access", PresetSandbox::Disabled),
            ]
        );
    }

    #[test]
    fn presets_are_found_by_their_id() {
        for row in &PRESETS {
            assert_eq!(preset(row.id), Some(row));
        }
        assert_eq!(preset("Auto"), None);
    }

    #[test]
    fn each_profile_is_described_by_its_preset() {
        let managed = |writes, network_access| CurrentProfile::Managed { writes, network_access };
        for (current, expected) in [
            (CurrentProfile::Disabled, Some("full-access")),
            (CurrentProfile::External, None),
            (managed(WriteAccess::Nothing, false), Some("read-only")),
            (managed(WriteAccess::Nothing, true), None),
            (managed(WriteAccess::Elsewhere, false), None),
            (managed(WriteAccess::WorkingFolder, false), Some("auto")),
            (managed(WriteAccess::WorkingFolder, true), None),
            (managed(WriteAccess::Everything, false), None),
            (managed(WriteAccess::Everything, true), None),
        ] {
            assert_eq!(matching_preset(&current).map(|preset| preset.id), expected, "{current:?}");
            assert!(PRESETS.iter().filter(|preset| preset.matches(&current)).count() <= 1, "{current:?}");
        }
    }
}
