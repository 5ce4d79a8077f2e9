package dev.waypost.corefile;

import dev.waypost.ConfigurationException;
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

    /** The fault that this option is not one of a directive's. */
    public ConfigurationException unknownIn(Statement directive) {
        return keyword.fault("'" + directive.name() + "' has no option '" + name() + "'");
    }

    /** The fault that CoreDNS has this option and we do not have it yet: said, never passed over. */
    public ConfigurationException notYetIn(Statement directive) {
        return keyword.fault("option '" + name() + "' of '" + directive.name() + "' is not supported yet");
    }
}
