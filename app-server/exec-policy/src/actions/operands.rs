//! Arguments apart from options.

/// The arguments that are no options. An option of `with_value` takes the next word along. Behind `--` everything is an
/// operand.
pub(super) fn operands<'a>(arguments: &'a [String], with_value: &[&str]) -> Vec<&'a String> {
    let mut operands = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            operands.extend(rest);
            break;
        }
        if with_value.contains(&argument.as_str()) {
            rest.next();
        } else if !argument.starts_with('-') {
            operands.push(argument);
        }
    }
    operands
}

/// As [`operands`], for commands in which `--` is passed over like any option.
pub(super) fn loose_operands<'a>(arguments: &'a [String], with_value: &[&str]) -> Vec<&'a String> {
    let mut operands = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if with_value.contains(&argument.as_str()) {
            rest.next();
        } else if !argument.starts_with('-') {
            operands.push(argument);
        }
    }
    operands
}

/// The words that stand behind one of these options, in their order.
pub(super) fn values_of<'a>(arguments: &'a [String], options: &[&str]) -> Vec<&'a String> {
    let is_option = |word: &String| options.contains(&word.as_str());
    arguments.windows(2).filter(|pair| is_option(&pair[0])).map(|pair| &pair[1]).collect()
}

/// Whether a file is changed in place instead of being written out, as `sed`, `perl` and `ruby` say it.
pub(super) fn works_in_place(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| {
        argument.starts_with("--in-place")
            || argument.strip_prefix('-').is_some_and(|flags| !flags.starts_with('-') && flags.contains('i'))
    })
}
