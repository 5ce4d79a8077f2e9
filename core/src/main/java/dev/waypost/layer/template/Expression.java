package dev.waypost.layer.template;

import java.util.ArrayList;
import java.util.List;

/** What stands in an action and has a value. */
sealed interface Expression {
    Value in(Scope scope);

    /** The value at hand, {@code .}; the whole data, unless {@code with} or {@code range} set another. */
    record Dot() implements Expression {
        @Override
        public Value in(Scope scope) {
            return scope.dot();
        }
    }

    /** A literal. */
    record Literal(Value value) implements Expression {
        @Override
        public Value in(Scope scope) {
            return value;
        }
    }

    /** {@code $name}. */
    record Variable(String name) implements Expression {
        @Override
        public Value in(Scope scope) {
            return scope.variable(name);
        }
    }

    /** {@code of.name}. */
    record Member(Expression of, String name) implements Expression {
        @Override
        public Value in(Scope scope) {
            return of.in(scope).member(name);
        }
    }

    /**
     * A function and its arguments.
     *
     * @param function looked up when the template is read
     */
    record Call(Functions.Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Value in(Scope scope) {
            scope.step();
            return function.of(arguments, scope);
        }

        Call with(Expression last) {
            List<Expression> more = new ArrayList<>(arguments);
            more.add(last);
            return new Call(function, more);
        }
    }

    /** A method of the data and its arguments: {@code .Meta "label"}. */
    record MethodCall(Expression method, List<Expression> arguments) implements Expression {
        public MethodCall {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Value in(Scope scope) {
            scope.step();
            Value value = method.in(scope);
            if (value instanceof Value.Method callable) {
                return callable.method()
                        .apply(arguments.stream()
                                .map(argument -> argument.in(scope))
                                .toList());
            }
            if (!arguments.isEmpty()) {
                throw new TemplateFault(value.text() + " takes no arguments");
            }
            return value;
        }

        MethodCall with(Expression last) {
            List<Expression> more = new ArrayList<>(arguments);
            more.add(last);
            return new MethodCall(method, more);
        }
    }
}
