package dev.waypost.layer.pattern;

import java.util.ArrayList;
import java.util.List;

/** The steps of a {@link Machine} for an expression. Immutable once made. */
final class Program {
    /** Steps, at most: the time for a text grows with them. */
    static final int MOST_STEPS = 5_000;

    /** One step. */
    sealed interface Step {
        /** Takes one character of a set. */
        record Take(CharacterSet set) implements Step {}

        /** Goes on only at a place. */
        record Check(Node.Place place) implements Step {}

        /** Goes on at one of two steps, rather at the first. */
        record Fork(int rather, int otherwise) implements Step {}

        /** Goes on elsewhere. */
        record Jump(int to) implements Step {}

        /** Remembers where in the text it is. */
        record Mark(int slot) implements Step {}

        /** The expression matches. */
        record Done() implements Step {}
    }

    private final List<Step> steps = new ArrayList<>();
    private final int groups;

    /**
     * The program of an expression.
     *
     * @throws IllegalArgumentException where it would be too long
     */
    Program(Node whole, int groups) {
        this.groups = groups;
        add(new Step.Mark(0));
        compile(whole);
        add(new Step.Mark(1));
        add(new Step.Done());
    }

    Step step(int index) {
        return steps.get(index);
    }

    int length() {
        return steps.size();
    }

    /** Where groups begin and end: two for each, and two for the whole. */
    int slots() {
        return 2 * groups + 2;
    }

    private int add(Step step) {
        if (steps.size() == MOST_STEPS) {
            throw new IllegalArgumentException(
                    "a regular expression wants at most " + MOST_STEPS + " steps, repetitions written out");
        }
        steps.add(step);
        return steps.size() - 1;
    }

    private void compile(Node node) {
        if (node instanceof Node.One one) {
            add(new Step.Take(one.set()));
        } else if (node instanceof Node.At at) {
            add(new Step.Check(at.place()));
        } else if (node instanceof Node.Sequence sequence) {
            sequence.parts().forEach(this::compile);
        } else if (node instanceof Node.Choice choice) {
            choice(choice.choices());
        } else if (node instanceof Node.Repeat repeat) {
            repeat(repeat);
        } else if (node instanceof Node.Group group) {
            add(new Step.Mark(2 * group.index()));
            compile(group.part());
            add(new Step.Mark(2 * group.index() + 1));
        }
    }

    private void choice(List<Node> choices) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < choices.size() - 1; i++) {
            int fork = add(new Step.Jump(0));
            compile(choices.get(i));
            ends.add(add(new Step.Jump(0)));
            steps.set(fork, new Step.Fork(fork + 1, steps.size()));
        }
        compile(choices.get(choices.size() - 1));
        ends.forEach(end -> steps.set(end, new Step.Jump(steps.size())));
    }

    private void repeat(Node.Repeat repeat) {
        int before = -1;
        for (int i = 0; i < repeat.least() && before < steps.size(); i++) { // what takes no step, takes none again
            before = steps.size();
            compile(repeat.part());
        }
        if (repeat.most() == Node.WITHOUT_END) {
            int fork = add(new Step.Jump(0));
            compile(repeat.part());
            add(new Step.Jump(fork));
            steps.set(fork, fork(repeat, fork + 1, steps.size()));
            return;
        }
        List<Integer> forks = new ArrayList<>();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            forks.add(add(new Step.Jump(0)));
            compile(repeat.part());
        }
        forks.forEach(fork -> steps.set(fork, fork(repeat, fork + 1, steps.size())));
    }

    private static Step fork(Node.Repeat repeat, int again, int behind) {
        return repeat.greedy() ? new Step.Fork(again, behind) : new Step.Fork(behind, again);
    }
}
