"""A PowerShell script as its grammar reads it, and the mistakes that can be seen without running it."""

import re

import tree_sitter
import tree_sitter_powershell

from cmdlets import AUTOMATIC, CMDLETS, COMMON, PREFERENCES, PROGRAMS

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
# Of about_Scopes; what other drives hold (env:, function:) is not a script's own.
SCOPES = {"global", "local", "private", "script"}


def text(node):
    return node.text.decode("utf-8")


def inside(node, *kinds):
    """Every node of those kinds below this one, this one included."""
    if node.type in kinds:
        yield node
    for child in node.children:
        yield from inside(child, *kinds)


def name_of(variable):
    """(scope or None, name in lower case); None for what is on another drive."""
    name = text(variable).lstrip("$@").strip("{}").lower()
    scope, colon, rest = name.partition(":")
    if not colon:
        return None, name
    return (scope, rest) if scope in SCOPES else None


def only(node):
    """The node inside of nodes that add nothing."""
    while node.named_child_count == 1 and node.type != "variable" and node.child_count == 1:
        node = node.named_children[0]
    return node


class Script:
    """One script, or a block of one.

    given: names of variables that whoever runs it sets; functions: name -> (parameters, switches) of what it may call besides its own.
    """

    def __init__(self, source, name="script", given=(), functions=None):
        self.source = source if isinstance(source, bytes) else source.encode("utf-8")
        self.name = name
        self.given = {each.lower() for each in given}
        self.root = PARSER.parse(self.source).root_node
        self.functions = dict(functions or {})
        for function in inside(self.root, "function_statement"):
            self.functions[text(self.child(function, "function_name")).lower()] = self.parameters(function)

    @staticmethod
    def child(node, kind):
        return next((each for each in node.children if each.type == kind), None)

    def at(self, node, what):
        return "%s:%d: %s" % (self.name, node.start_point[0] + 1, what)

    def mistakes(self):
        """One line for each, with its place; what cannot be parsed is not looked at further."""
        found = list(self.syntax())
        if not found:
            for check in (self.characters, self.commands, self.variables, self.formats, self.redirections):
                found += check()
        return found

    def syntax(self):
        for node in self.nodes(self.root):
            if node.is_missing:
                yield self.at(node, "%s is missing" % node.type)
            elif node.is_error:
                yield self.at(node, "cannot be parsed: %s" % text(node).strip()[:60].split("\n")[0])

    def nodes(self, node):
        yield node
        for child in node.children:
            yield from self.nodes(child)

    def characters(self):
        """Windows PowerShell 5.1 reads a file without a mark in the code page of the machine."""
        for number, line in enumerate(self.source.split(b"\n"), 1):
            if any(byte > 126 for byte in line):
                yield "%s:%d: not ASCII" % (self.name, number)

    # --- commands

    @staticmethod
    def parameters(function):
        names = {}
        for parameter in inside(function, "script_parameter"):
            variable = next(each for each in parameter.children if each.type == "variable")
            switch = any(text(kind).lower() == "[switch]" for kind in inside(parameter, "type_literal"))
            names[name_of(variable)[1]] = switch
        return names

    def commands(self):
        for command in inside(self.root, "command"):
            called = self.child(command, "command_name")
            if called is None:
                continue  # By a variable, or a block.
            name = text(called)
            if name.lower() in self.functions:
                yield from self.call(command, name)
            elif name in CMDLETS:
                known = {each.lower() for each in CMDLETS[name] | COMMON}
                for parameter in self.named(command):
                    if text(parameter)[1:].lower() not in known:
                        yield self.at(parameter, "%s has no parameter %s" % (name, text(parameter)))
            elif name not in PROGRAMS:
                yield self.at(command, "%s is no function, and no known cmdlet or program" % name)

    def named(self, command):
        elements = self.child(command, "command_elements")
        return [each for each in elements.children if each.type == "command_parameter"] if elements else []

    def call(self, command, name):
        known = self.functions[name.lower()]
        elements = self.child(command, "command_elements")
        values = 0
        for each in elements.named_children if elements else []:
            if each.type == "command_parameter":
                if text(each)[1:].lower() not in known:
                    yield self.at(each, "%s has no parameter %s" % (name, text(each)))
            elif each.type not in ("command_argument_sep", "redirection"):
                values += 1
        most = sum(1 for switch in known.values() if not switch)
        if values > most:
            yield self.at(command, "%s is given %d values (expected: at most %d)" % (name, values, most))

    # --- variables

    def shared(self):
        """Variables that every function of the script sees."""
        own = {name for _, name in self.assignments(self.root, through_functions=False)}
        return own | self.given | {name for scope, name in self.assignments(self.root) if scope in ("script", "global")}

    def variables(self):
        yield from self.reads(self.root, self.shared())

    def reads(self, node, known):
        for child in node.children:
            if child.type == "function_statement":
                own = set(self.parameters(child)) | {name for _, name in self.assignments(child)}
                yield from self.reads(child, known | own)
            elif child.type == "variable" and not self.is_target(child):
                named = name_of(child)
                if named and named[1] not in known | AUTOMATIC | PREFERENCES:
                    yield self.at(child, "%s is read and set nowhere" % text(child))
            else:
                yield from self.reads(child, known)

    def assignments(self, node, through_functions=True):
        """(scope or None, name) of every variable that is set below the node."""
        if node.type == "variable" and self.is_target(node):
            named = name_of(node)
            if named:
                yield named
        for child in node.children:
            if through_functions or child.type != "function_statement":
                yield from self.assignments(child, through_functions)

    def is_target(self, variable):
        parent = variable.parent
        if parent.type in ("script_parameter", "foreach_statement"):
            return parent.type == "script_parameter" or parent.named_children[0] == variable
        at = parent
        while at is not None and at.type.endswith("_expression") and at.type not in (
                "left_assignment_expression", "assignment_expression", "parenthesized_expression", "script_block_expression"):
            at = at.parent
        if at is None or at.type != "left_assignment_expression":
            return False
        return text(at.parent.children[1]) == "=" and parent.type == "unary_expression"

    # --- what a program's output and texts are made of

    def formats(self):
        """A text with places, and as many values: a list in brackets among several values is one value."""
        for expression in inside(self.root, "format_expression"):
            operator = self.child(expression, "format_operator")
            if operator is None:
                continue
            template, values = expression.named_children[0], only(expression.named_children[-1])
            places = [int(place) for place in re.findall(r"(?<!\{)\{(\d+)[,:}]", text(template))]
            if places and values.type == "array_literal_expression" and values.named_child_count != max(places) + 1:
                yield self.at(expression, "a text with %d places is given %d values" % (max(places) + 1, values.named_child_count))

    def redirections(self):
        """Windows PowerShell 5.1 makes an error of each line that a program writes to the stream merged here, and Stop ends at the first."""
        if b"$ErrorActionPreference = 'Stop'" not in self.source:
            return
        for merge in inside(self.root, "merging_redirection_operator"):
            at = merge
            while at.type not in ("function_statement", "program"):
                at = at.parent
            if "$ErrorActionPreference = 'Continue'" not in text(at):
                yield self.at(merge, "%s where $ErrorActionPreference is Stop ends the script" % text(merge))


def blocks(script):
    """Every hash of a script that has script blocks: key in lower case -> node of its value."""
    for literal in inside(script.root, "hash_literal_expression"):
        entries = {}
        for entry in inside(literal, "hash_entry"):
            entries[text(entry.named_children[0]).lower()] = only(entry.named_children[-1])
        if any(value.type == "script_block_expression" for value in entries.values()):
            yield entries
