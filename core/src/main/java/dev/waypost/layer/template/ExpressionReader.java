package dev.waypost.layer.template;

import dev.waypost.layer.template.Word.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions: {@code operand ... | function ...}. */
final class ExpressionReader {
    private static final int MAX_DEPTH = 50;

    private final ActionWords in;
    private int depth;

    ExpressionReader(ActionWords in) {
        this.in = in;
    }

    /** A pipeline: what a command gives is the last argument of the next. */
    Expression pipeline() {
        if (++depth > MAX_DEPTH) {
            throw new TemplateFault("parentheses are nested more than " + MAX_DEPTH + " deep");
        }
        Expression value = command();
        while (in.take("|")) {
            value = piped(command(), value);
        }
        depth--;
        return value;
    }

    private static Expression piped(Expression command, Expression argument) {
        if (command instanceof Expression.Call call) {
            return call.with(argument);
        }
        if (command instanceof Expression.MethodCall call) {
            return call.with(argument);
        }
        throw new TemplateFault("a function is wanted behind '|'");
    }

    private Expression command() {
        Word first = in.peek();
        if (first.kind() == Kind.NAME && !isConstant(first)) {
            in.next();
            return new Expression.Call(Functions.named(first.text()), arguments());
        }
        Expression operand = operand();
        List<Expression> arguments = arguments();
        boolean callable = operand instanceof Expression.Member;
        if (!arguments.isEmpty() && !callable) {
            throw new TemplateFault("\"" + first.text() + "\" is no function");
        }
        return callable ? new Expression.MethodCall(operand, arguments) : operand;
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        while (beginsOperand(in.peek())) {
            arguments.add(operand());
        }
        return arguments;
    }

    private static boolean beginsOperand(Word word) {
        return switch (word.kind()) {
            case NAME, MEMBER, VARIABLE, TEXT, NUMBER -> true;
            case SIGN -> word.is(".") || word.is("(");
            case END -> false;
        };
    }

    private Expression operand() {
        Word word = in.next();
        Expression operand = switch (word.kind()) {
            case MEMBER -> new Expression.Member(new Expression.Dot(), word.text());
            case VARIABLE -> new Expression.Variable(word.text());
            case TEXT -> new Expression.Literal(new Value.Text(word.text()));
            case NUMBER -> new Expression.Literal(new Value.Whole(Long.parseLong(word.text())));
            case NAME -> constant(word);
            case SIGN -> sign(word);
            case END -> throw new TemplateFault("a value is wanted, found the end of the action");
        };
        while (in.peek().kind() == Kind.MEMBER && !in.peek().behindBlank()) {
            operand = new Expression.Member(operand, in.next().text());
        }
        return operand;
    }

    private static boolean isConstant(Word word) {
        return word.isName("true") || word.isName("false") || word.isName("nil");
    }

    /** A constant, or a function without arguments. */
    private static Expression constant(Word word) {
        if (!isConstant(word)) {
            return new Expression.Call(Functions.named(word.text()), List.of());
        }
        return new Expression.Literal(word.isName("nil") ? Value.NOTHING : new Value.Bool(word.isName("true")));
    }

    private Expression sign(Word word) {
        if (word.is(".")) {
            return new Expression.Dot();
        }
        if (!word.is("(")) {
            throw new TemplateFault("a value is wanted, found \"" + word.text() + "\"");
        }
        Expression inside = pipeline();
        if (!in.take(")")) {
            throw new TemplateFault("'(' is never closed");
        }
        return inside;
    }
}
