//! `[tui.keymap]`: the contexts, and the actions of each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Keybindings;

/// Declares the contexts: the type, the name of the table, where it holds, and the actions that keys can be given to.
macro_rules! keymap {
    ($($type:ident $context:ident $place:literal { $($action:ident)* })*) => {
        /// `[tui.keymap]`: keys of actions, by context. An empty list takes the keys of an action away.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(default)]
        pub struct TuiKeymap {
            $(
                #[doc = concat!("Keys ", $place, ".")]
                pub $context: $type,
            )*
        }

        $(
            #[doc = concat!("`[tui.keymap.", stringify!($context), "]`: keys ", $place, ".")]
            #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
            pub struct $type {
                $(
                    #[doc = concat!("Keys of the action `", stringify!($action), "`.")]
                    pub $action: Option<Keybindings>,
                )*
            }
        )*
    };
}

keymap! {
    TuiGlobalKeymap global "everywhere" {
        leader change_host focus_main_composer focus_sidebar_content focus_sidebar_tabs hide_pane close_sidebar_tab
        sidebar_up sidebar_down focus_pane_left focus_pane_right minimize_pane_width maximize_pane_width
        equalize_pane_widths resize_panes move_divider_left move_divider_right toggle_pane_zoom open_agents
        open_transcript find_transcript select_transcript focus_activity open_external_editor copy clear_terminal
        submit queue toggle_shortcuts toggle_vim_mode toggle_fast_mode toggle_raw_output toggle_side_conversation
    }
    TuiChatKeymap chat "in the conversation" {
        open_presets toggle_voice toggle_voice_mute interrupt_turn decrease_reasoning_effort increase_reasoning_effort
        previous_permission_mode next_permission_mode edit_queued_message prompt_stack_back skip_question
    }
    TuiComposerKeymap composer "in the composer" {
        submit queue toggle_shortcuts history_search_previous history_search_next
    }
    TuiEditorKeymap editor "while editing text" {
        insert_newline move_left move_right move_up move_down move_word_left move_word_right move_line_start
        move_line_end delete_backward delete_forward delete_backward_word delete_forward_word kill_line_start
        kill_whole_line kill_line_end yank
    }
    TuiVimNormalKeymap vim_normal "in vim's normal mode" {
        enter_insert append_after_cursor append_line_end insert_line_start open_line_below open_line_above
        enter_replace_mode move_left move_right move_up move_down move_word_forward move_word_backward move_word_end
        move_line_start move_line_end find_forward find_backward till_forward till_backward jump_top jump_bottom
        delete_char replace_char repeat_last_change substitute_char delete_to_line_end change_to_line_end yank_line
        paste_after start_delete_operator start_yank_operator start_change_operator undo redo cancel_operator
    }
    TuiVimOperatorKeymap vim_operator "after an operator of vim" {
        delete_line yank_line motion_left motion_right motion_up motion_down motion_word_forward motion_word_backward
        motion_word_end motion_line_start motion_line_end motion_find_forward motion_find_backward motion_till_forward
        motion_till_backward motion_jump_top motion_jump_bottom select_inner_text_object select_around_text_object
        cancel
    }
    TuiVimSearchKeymap vim_search "in a search of vim" {
        forward backward next previous
    }
    TuiVimTextObjectKeymap vim_text_object "for a text object of vim" {
        word big_word parentheses brackets braces double_quote single_quote backtick cancel
    }
    TuiPagerKeymap pager "in the pager" {
        scroll_up scroll_down page_up page_down half_page_up half_page_down jump_top jump_bottom close
        close_transcript find
    }
    TuiListKeymap list "in lists" {
        move_up move_down move_left move_right page_up page_down jump_top jump_bottom accept cancel
    }
    TuiAgentsKeymap agents "in the overview of agents" {
        resume search new_task new_worktree fork rename stop archive delete hide toggle_pin toggle_grouping
    }
    TuiApprovalKeymap approval "when an approval is asked for" {
        open_fullscreen open_thread approve approve_for_session approve_for_prefix deny decline cancel
    }
}
