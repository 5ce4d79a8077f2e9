package dev.waypost.corefile;

import dev.waypost.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads server blocks: CoreDNS's grammar, which is Caddy's.
 *
 * <pre>
 *   file      = { import | snippet | block }
 *   snippet   = "(" name ")" "{" words "}"
 *   block     = key { [","] key } ( "{" statements "}" | statements to the end of the file )
 *   statement = import | keyword { argument } [ "{" statements "}" ]
 * </pre>
 *
 * Statements end with their line. Braces must be closed in the file or snippet that opened them.
 */
final class CorefileReader {
    /** Braces in braces; no directive of CoreDNS needs more than three. */
    private static final int MAX_DEPTH = 32;

    private final Variables variables;
    private final Imports imports;
    private final List<ServerBlock> blocks = new ArrayList<>();
    private int depth;

    private CorefileReader(Function<String, @Nullable String> environment) {
        this.variables = new Variables(environment);
        this.imports = new Imports();
    }

    /** The blocks of a Corefile and all it imports. */
    static List<ServerBlock> read(Path corefile, Function<String, @Nullable String> environment) {
        CorefileReader reader = new CorefileReader(environment);
        reader.imports.file(corefile, reader::blocks);
        return List.copyOf(reader.blocks);
    }

    /** The blocks of a text. */
    static List<ServerBlock> read(
            String text, String source, Path folder, Function<String, @Nullable String> environment) {
        CorefileReader reader = new CorefileReader(environment);
        reader.blocks(reader.imports.words(text, source, folder));
        return List.copyOf(reader.blocks);
    }

    private void blocks(Words in) {
        while (in.hasNext()) {
            if (in.atImport()) {
                imports.take(importName(in), in.folder(), this::blocks);
                continue;
            }
            List<Token> keys = keys(in);
            if (isSnippet(keys)) {
                imports.define(keys.get(0), snippetWords(keys.get(0), in), in.folder());
            } else {
                blocks.add(new ServerBlock(keys, body(in)));
            }
        }
    }

    /** What the block does; without braces it reaches to the end of the file, as Caddy allows for a single block. */
    private List<Statement> body(Words in) {
        List<Statement> directives = new ArrayList<>();
        statements(in, in.atOpen() ? in.next() : null, directives);
        return directives;
    }

    /** The words up to the brace or, without a comma behind the last one, to the end of the line. */
    private List<Token> keys(Words in) {
        List<Token> keys = new ArrayList<>();
        Token first = in.peek().token();
        if (in.atOpen()) {
            throw first.fault("a server block wants a zone before '{'");
        }
        @Nullable Token comma = null;
        do {
            if (in.atClose()) {
                throw in.peek().token().fault("found '}' without a '{' that it could close");
            }
            comma = splitKeys(word(in), keys, comma);
        } while (in.hasNext() && !in.atOpen() && (comma != null || in.hasNextOnLine()));
        if (comma != null) {
            throw comma.fault("a zone is wanted after ',', found " + (in.hasNext() ? "'{'" : "the end of the file"));
        }
        if (keys.isEmpty()) {
            throw first.fault("a server block wants a zone, found \"" + first.text() + "\"");
        }
        return keys;
    }

    /** Adds the zones of a word. @return the comma at its end, if there is one. */
    private static @Nullable Token splitKeys(Token word, List<Token> keys, @Nullable Token comma) {
        @Nullable Token last = comma;
        int from = 0;
        while (from < word.text().length()) {
            int end = word.text().indexOf(',', from);
            int to = end < 0 ? word.text().length() : end;
            if (to > from) {
                keys.add(word.part(from, to));
                last = null;
            }
            if (end >= 0) {
                if (last != null || keys.isEmpty()) {
                    throw word.part(end, end + 1).fault("a zone is wanted before ','");
                }
                last = word.part(end, end + 1);
            }
            from = to + 1;
        }
        return last;
    }

    private static boolean isSnippet(List<Token> keys) {
        String text = keys.get(0).text();
        return keys.size() == 1 && text.startsWith("(") && text.endsWith(")");
    }

    private static List<Lexeme> snippetWords(Token name, Words in) {
        if (!in.atOpen()) {
            throw name.fault("a snippet wants '{' behind its name");
        }
        Lexeme opening = in.next();
        List<Lexeme> words = new ArrayList<>();
        int open = 1;
        while (in.hasNext()) {
            Lexeme word = in.next();
            open += word.isOpen() ? 1 : word.isClose() ? -1 : 0;
            if (open == 0) {
                return words;
            }
            words.add(word);
        }
        throw neverClosed(opening);
    }

    /** Reads up to the brace that closes {@code opening}, or to the end where there is none. */
    private void statements(Words in, @Nullable Lexeme opening, List<Statement> into) {
        while (in.hasNext()) {
            if (in.atClose()) {
                Token closing = in.next().token();
                if (opening == null) {
                    throw closing.fault("found '}' without a '{' that it could close");
                }
                return;
            }
            if (in.atImport()) {
                imports.take(importName(in), in.folder(), words -> statements(words, null, into));
            } else {
                into.add(statement(in));
            }
        }
        if (opening != null) {
            throw neverClosed(opening);
        }
    }

    private Statement statement(Words in) {
        if (in.atOpen()) {
            throw in.peek().token().fault("found '{', wanted a keyword; '{' stands at the end of its keyword's line");
        }
        Token keyword = word(in);
        List<Token> arguments = new ArrayList<>();
        while (in.hasNextOnLine() && !in.atOpen() && !in.atClose()) {
            arguments.add(word(in));
        }
        return new Statement(keyword, arguments, in.hasNextOnLine() && in.atOpen() ? braced(in) : List.of());
    }

    private List<Statement> braced(Words in) {
        Lexeme opening = in.next();
        if (++depth > MAX_DEPTH) {
            throw opening.token().fault("'{' stands in " + MAX_DEPTH + " others; no more are allowed");
        }
        List<Statement> inside = new ArrayList<>();
        statements(in, opening, inside);
        depth--;
        if (in.hasNextOnLine() && !in.atClose()) {
            Token word = in.peek().token();
            throw word.fault("a new line is wanted after '}', found \"" + word.text() + "\"");
        }
        return inside;
    }

    /** The next word with its variables put in. */
    private Token word(Words in) {
        Lexeme word = in.next();
        int last = word.token().text().length() - 1;
        // CoreDNS takes "whoami{" for a keyword and then wonders about a '}' lines below.
        if (!word.quoted() && word.token().text().endsWith("{") && !in.hasNextOnLine()) {
            throw word.token().from(last).fault("a blank is wanted before '{'");
        }
        return variables.expand(word.token());
    }

    private Token importName(Words in) {
        Token keyword = in.next().token();
        if (!in.hasNextOnLine() || in.atOpen() || in.atClose()) {
            throw keyword.fault("'import' wants a snippet, a file or a pattern, found nothing");
        }
        Token name = word(in);
        if (in.hasNextOnLine() && !in.atClose()) {
            throw in.peek()
                    .token()
                    .fault("'import' wants one argument, found \""
                            + in.peek().token().text() + "\" too");
        }
        return name;
    }

    private static ConfigurationException neverClosed(Lexeme opening) {
        return opening.token().fault("'{' is never closed");
    }
}
