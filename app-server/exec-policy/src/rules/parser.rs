//! Tokens to statements: expressions are worked out as they are read, calls are handed to [`super::call`].

use std::collections::HashMap;
use std::ops::Range;

use super::Fault;
use super::call::{self, Arguments, Statement};
use super::lexer::{FOREIGN_SYMBOLS, Token, tokens};
use super::value::Value;

/// How deep lists and parentheses may be nested.
const MAX_DEPTH: usize = 64;

/// Words of Starlark that begin what is not understood here.
const UNSUPPORTED: &[&str] =
    &["and", "break", "continue", "def", "elif", "else", "for", "if", "in", "lambda", "load", "not", "or", "return"];

/// Reads a file.
pub(super) struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
    names: HashMap<String, Value>,
    statements: Vec<(Statement, Range<usize>)>,
}

type Parsed = Result<(Value, Range<usize>), Fault>;

impl Parser {
    pub fn new(text: &str) -> Result<Self, Fault> {
        let tokens = tokens(text)?;
        Ok(Self { tokens, at: 0, depth: 0, names: HashMap::new(), statements: Vec::new() })
    }

    /// Everything that the file declares, in its order.
    pub fn file(mut self) -> Result<Vec<(Statement, Range<usize>)>, Fault> {
        while self.at < self.tokens.len() {
            if self.peek() == Some(&Token::LineEnd) {
                self.at += 1;
                continue;
            }
            self.statement()?;
            match self.peek() {
                Some(Token::Symbol(';')) => self.at += 1,
                Some(Token::LineEnd) | None => {}
                Some(_) => return Err(self.unexpected("new line")),
            }
        }
        Ok(self.statements)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn span(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |(_, span)| span.end);
        self.tokens.get(self.at).map_or(end..end, |(_, span)| span.clone())
    }

    fn unexpected(&self, expected: &str) -> Fault {
        let found = match self.peek() {
            Some(Token::Name(name)) if UNSUPPORTED.contains(&name.as_str()) => return self.unsupported(name),
            Some(Token::Name(name)) => format!("identifier '{name}'"),
            Some(Token::Text(text)) => format!("string literal {}", super::value::quoted(text)),
            Some(Token::Number(digits)) => format!("integer literal {digits}"),
            Some(Token::Symbol(symbol)) if FOREIGN_SYMBOLS.contains(*symbol) => {
                return self.unsupported(&symbol.to_string());
            }
            Some(Token::Symbol(symbol)) => format!("symbol '{symbol}'"),
            Some(Token::LineEnd) | None => "new line".to_owned(),
        };
        Fault::new(self.span(), format!("Parse error: unexpected {found}, expected {expected}"))
    }

    fn unsupported(&self, word: &str) -> Fault {
        let message = format!("`{word}` is not understood in rules files; use plain calls with literal arguments");
        Fault::new(self.span(), message)
    }

    fn take(&mut self, symbol: char) -> bool {
        let found = self.peek() == Some(&Token::Symbol(symbol));
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: char) -> Result<usize, Fault> {
        let end = self.span().end;
        if self.take(symbol) { Ok(end) } else { Err(self.unexpected(&format!("symbol '{symbol}'"))) }
    }

    fn statement(&mut self) -> Result<(), Fault> {
        if let Some(Token::Name(name)) = self.peek() {
            let name = name.clone();
            if UNSUPPORTED.contains(&name.as_str()) {
                return Err(self.unsupported(&name));
            }
            let assigns = matches!(self.tokens.get(self.at + 1), Some((Token::Symbol('='), _)));
            if name == "pass" {
                self.at += 1;
                return Ok(());
            }
            if assigns {
                self.at += 2;
                let (value, _) = self.expression()?;
                self.names.insert(name, value);
                return Ok(());
            }
        }
        self.expression().map(drop)
    }

    /// A sum.
    fn expression(&mut self) -> Parsed {
        if self.depth >= MAX_DEPTH {
            return Err(Fault::new(self.span(), format!("lists are nested more than {MAX_DEPTH} deep")));
        }
        self.depth += 1;
        let (mut sum, mut span) = self.operand()?;
        while self.take('+') {
            let (more, end) = self.operand()?;
            span.end = end.end;
            sum = match (sum, more) {
                (Value::Text(text), Value::Text(more)) => Value::Text(text + &more),
                (Value::List(mut values), Value::List(more)) => {
                    values.extend(more);
                    Value::List(values)
                }
                (left, right) => {
                    let (left, right) = (left.type_name(), right.type_name());
                    let message = format!("Operation `+` not supported for types `{left}` and `{right}`");
                    return Err(Fault::new(span, message));
                }
            };
        }
        self.depth -= 1;
        Ok((sum, span))
    }

    fn operand(&mut self) -> Parsed {
        let span = self.span();
        let token = self.peek().cloned();
        let value = match token {
            Some(Token::Text(text)) => Value::Text(text),
            Some(Token::Number(digits)) => Value::Number(digits),
            Some(Token::Symbol('-')) => {
                self.at += 1;
                let Some(Token::Number(digits)) = self.peek() else {
                    return Err(self.unexpected("number"));
                };
                Value::Number(format!("-{digits}"))
            }
            Some(Token::Symbol('[')) => return self.list(span.start),
            Some(Token::Symbol('(')) => return self.parenthesised(span.start),
            Some(Token::Name(name)) => return self.named(&name, span),
            _ => return Err(self.unexpected("expression")),
        };
        let end = self.span().end;
        self.at += 1;
        Ok((value, span.start..end))
    }

    fn named(&mut self, name: &str, span: Range<usize>) -> Parsed {
        let value = match name {
            "True" => Value::Truth(true),
            "False" => Value::Truth(false),
            "None" => Value::Nothing,
            word if UNSUPPORTED.contains(&word) => return Err(self.unsupported(word)),
            name => match (self.names.get(name), call::function(name)) {
                (Some(value), _) => value.clone(),
                (None, Some(function)) => Value::Function(function),
                (None, None) => return Err(Fault::new(span, format!("Variable `{name}` not found"))),
            },
        };
        self.at += 1;
        if !self.take('(') {
            return Ok((value, span));
        }
        let Value::Function(function) = value else {
            let message = format!("Operation `call()` not supported on type `{}`", value.type_name());
            return Err(Fault::new(span, message));
        };
        let (arguments, end) = self.arguments()?;
        let span = span.start..end;
        let statement = call::call(function, arguments).map_err(|message| Fault::new(span.clone(), message))?;
        self.statements.push((statement, span.clone()));
        Ok((Value::Nothing, span))
    }

    /// Reads behind an opening parenthesis; also says where the closing one ends.
    fn arguments(&mut self) -> Result<(Arguments, usize), Fault> {
        let mut arguments = Arguments::default();
        loop {
            if self.peek() == Some(&Token::Symbol(')')) {
                return Ok((arguments, self.expect(')')?));
            }
            let span = self.span();
            let name = match (self.peek(), self.tokens.get(self.at + 1)) {
                (Some(Token::Name(name)), Some((Token::Symbol('='), _))) => Some(name.clone()),
                _ => None,
            };
            if let Some(name) = name {
                self.at += 2;
                let (value, _) = self.expression()?;
                if arguments.named.iter().any(|(other, _)| *other == name) {
                    return Err(Fault::new(span, "repeated named argument"));
                }
                arguments.named.push((name, value));
            } else {
                let (value, span) = self.expression()?;
                if !arguments.named.is_empty() {
                    return Err(Fault::new(span, "positional argument after non positional"));
                }
                arguments.positional.push(value);
            }
            if !self.take(',') {
                return Ok((arguments, self.expect(')')?));
            }
        }
    }

    fn list(&mut self, start: usize) -> Parsed {
        self.at += 1;
        let (values, _) = self.values(']')?;
        Ok((Value::List(values), start..self.expect(']')?))
    }

    fn parenthesised(&mut self, start: usize) -> Parsed {
        self.at += 1;
        let (mut values, comma) = self.values(')')?;
        let end = self.expect(')')?;
        let value = match values.pop() {
            Some(only) if values.is_empty() && !comma => only,
            last => {
                values.extend(last);
                Value::Tuple(values)
            }
        };
        Ok((value, start..end))
    }

    /// Values up to a closing bracket; whether a comma stands behind the last one.
    fn values(&mut self, closing: char) -> Result<(Vec<Value>, bool), Fault> {
        let mut values = Vec::new();
        let mut comma = false;
        while self.peek() != Some(&Token::Symbol(closing)) {
            values.push(self.expression()?.0);
            comma = self.take(',');
            if !comma {
                break;
            }
        }
        Ok((values, comma))
    }
}
