package io.cordon.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes a POSIX shell line apart into its commands (SPEC 4.6). */
final class PosixShell {

    private static final Set<String> SKIPPED =
            Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "fi", "done", "esac");
    private static final Set<String> OPENING = Set.of("{", "if", "while", "until");
    private static final Set<String> CLOSING = Set.of("}", "fi", "done");
    private static final Set<String> SEPARATORS = Set.of("\n", ";", "&", "&&", "||");
    private static final Set<String> KEEPING = Set.of("export", "declare", "typeset", "readonly", "local");

    private final List<PosixToken> tokens;
    private final Collector collector;
    private final SimpleCommand by;

    private final List<Word> words = new ArrayList<>();
    private final List<PosixToken.HereDoc> documents = new ArrayList<>();
    private Set<String> upstream;
    private boolean assignedHere;
    private boolean assignedBefore;
    private int pipelineStart;
    private int depth;
    private int at;

    PosixShell(String line, Collector collector, SimpleCommand by) {
        this.collector = collector;
        this.by = by;
        this.upstream = by.upstream();
        this.assignedBefore = by.isAssigned();
        this.tokens = new PosixLexer(line, collector, by).tokens();
    }

    /** A word as a shell would read it back, for lines that are put together again. */
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    void run() {
        pipelineStart = collector.size();
        while (at < tokens.size()) {
            PosixToken token = tokens.get(at++);
            if (token.isWord()) {
                word(token);
            } else if (token.hereDoc() != null) {
                documents.add(token.hereDoc());
            } else if (token.isRedirection()) {
                redirection(token);
            } else {
                control(token.operator());
            }
        }
        endCommand();
        if (depth != 0) {
            collector.unknown("unbalanced parentheses");
        }
    }

    private void word(PosixToken token) {
        if (!words.isEmpty()) {
            words.add(token.word());
        } else if (token.assignment()) {
            assignedHere = true;
        } else if (!token.quoted() && SKIPPED.contains(token.word().text())) {
            depth += OPENING.contains(token.word().text()) ? 1 : 0;
            depth -= CLOSING.contains(token.word().text()) ? 1 : 0;
        } else if (token.isReserved("for") || token.isReserved("select")) {
            skipLoopHead();
        } else if (token.isReserved("case") || token.isReserved("function") || token.isReserved("coproc")) {
            collector.unknown(token.word().text() + " is not taken apart");
        } else if (token.isReserved("[[")) {
            skipTest();
        } else {
            words.add(token.word());
        }
    }

    /** {@code for NAME in WORDS}: the words are data. */
    private void skipLoopHead() {
        while (at < tokens.size() && !SEPARATORS.contains(tokens.get(at).operator())) {
            if (tokens.get(at).operator().equals("(")) {
                collector.unknown("an arithmetic loop");
            }
            at++;
        }
        assignedBefore = true;
        depth++;
    }

    private void skipTest() {
        while (at < tokens.size() && !tokens.get(at).isReserved("]]")) {
            at++;
        }
        at++;
    }

    /** The target of a redirection is a file, not a word; a shell's here-string is a line. */
    private void redirection(PosixToken operator) {
        if (at < tokens.size() && tokens.get(at).isWord()) {
            Word target = tokens.get(at++).word();
            if (operator.operator().equals("<<<")) {
                PosixToken.HereDoc document = new PosixToken.HereDoc("", true, false);
                document.body = target.text();
                documents.add(document);
            }
        } else {
            collector.unknown("a redirection without a target");
        }
    }

    private void control(String operator) {
        boolean inCommand = !words.isEmpty();
        if (operator.equals("(") && inCommand) {
            collector.unknown("a function definition");
        }
        endCommand();
        switch (operator) {
            case "(" -> depth++;
            case ")" -> depth--;
            case "|", "|&" -> upstream = pipelineNames();
            case ";;" -> collector.unknown("case is not taken apart");
            default -> endPipeline();
        }
        if (depth < 0) {
            collector.unknown("unbalanced parentheses");
            depth = 0;
        }
    }

    private Set<String> pipelineNames() {
        Set<String> names = new TreeSet<>(by.upstream());
        names.addAll(collector.namesSince(pipelineStart));
        return names;
    }

    private void endPipeline() {
        if (depth == 0) {
            upstream = by.upstream();
            pipelineStart = collector.size();
        }
    }

    private void endCommand() {
        if (words.isEmpty()) {
            assignedBefore |= assignedHere;
        } else {
            SimpleCommand command = new SimpleCommand(words, false, assignedHere || assignedBefore, upstream);
            int before = collector.size();
            collector.add(command);
            assignedBefore |= KEEPING.contains(command.name());
            readDocuments(command, before);
        }
        words.clear();
        documents.clear();
        assignedHere = false;
    }

    private void readDocuments(SimpleCommand command, int before) {
        for (PosixToken.HereDoc document : documents) {
            boolean feedsShell = collector.namesSince(before).stream().anyMatch(Shells::isShell);
            if (feedsShell) {
                collector.unknown("a shell that reads its commands from a here-document");
                collector.posix(document.body, command);
            } else if (!document.quoted && (document.body.contains("$(") || document.body.indexOf('`') >= 0)) {
                collector.unknown("command substitution in a here-document");
            }
        }
    }
}
