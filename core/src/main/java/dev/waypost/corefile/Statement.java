package dev.waypost.corefile;

import java.util.List;

/**
 * A keyword, its arguments on the same line, and what stands in its braces: a directive, or an option in one.
 *
 * @param keyword the first token
 * @param arguments the other tokens before the brace or the end of the line
 * @param block the statements between the braces; empty without braces
 */
public record Statement(Token keyword, List<Token> arguments, List<Statement> block) {
    public Statement {
        arguments = List.copyOf(arguments);
        block = List.copyOf(block);
    }

    /** The keyword's text. */
    public String name() {
        return keyword.text();
    }

    /** The only argument. */
    public Token onlyArgument(String wanted) {
        if (arguments.size() != 1) {
            throw (arguments.isEmpty() ? keyword : arguments.get(1))
                    .fault("'" + name() + "' wants " + wanted + ", found " + arguments.size() + " arguments");
        }
        return arguments.get(0);
    }

    /** Refuses arguments. */
    public void wantNoArguments() {
        if (!arguments.isEmpty()) {
            throw arguments
                    .get(0)
                    .fault("'" + name() + "' wants no argument, found \""
                            + arguments.get(0).text() + "\"");
        }
    }

    /** Refuses braces. */
    public void wantNoBlock() {
        if (!block.isEmpty()) {
            throw block.get(0)
                    .keyword()
                    .fault("'" + name() + "' wants no block, found \""
                            + block.get(0).name() + "\"");
        }
    }
}
