package dev.waypost.layer.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program over a text: every way in which the expression may go on is followed at the same time, character by
 * character, and no step twice at one place (Thompson's construction, with Pike's marks). So the work is bounded by the
 * length of the program times that of the text. For one text.
 */
final class Machine {
    private static final int NOT_MARKED = -1;

    /** A way on: the step it is at, and what it has marked. */
    private record Way(int step, int[] marks) {}

    private final Program program;
    private final String text;
    private final int[] seenAt;
    private List<Way> ways = new ArrayList<>();
    private int place;

    Machine(Program program, String text) {
        this.program = program;
        this.text = text;
        this.seenAt = new int[program.length()];
        Arrays.fill(seenAt, -1);
    }

    /** The marks of the first match; of several that begin there the one that the expression likes best. */
    int @Nullable [] run() {
        int[] found = null;
        for (place = 0; ; ) {
            if (found == null) {
                follow(0, unmarked()); // a match that begins later is liked less than all before it
            }
            List<Way> here = ways;
            ways = new ArrayList<>(here.size());
            int c = place < text.length() ? text.codePointAt(place) : -1;
            place += c < 0 ? 1 : Character.charCount(c);
            for (Way way : here) {
                if (program.step(way.step) instanceof Program.Step.Done) {
                    found = way.marks;
                    break; // what is left is liked less
                }
                if (c >= 0 && ((Program.Step.Take) program.step(way.step)).set().has(c)) {
                    follow(way.step + 1, way.marks);
                }
            }
            if (c < 0 || ways.isEmpty() && found != null) {
                return found;
            }
        }
    }

    private int[] unmarked() {
        int[] marks = new int[program.slots()];
        Arrays.fill(marks, NOT_MARKED);
        return marks;
    }

    /** Follows all steps that take no character, the liked ones first. */
    private void follow(int first, int[] marked) {
        Deque<Way> open = new ArrayDeque<>();
        open.push(new Way(first, marked));
        while (!open.isEmpty()) {
            Way way = open.pop();
            if (seenAt[way.step] == place) {
                continue;
            }
            seenAt[way.step] = place;
            Program.Step step = program.step(way.step);
            if (step instanceof Program.Step.Jump jump) {
                open.push(new Way(jump.to(), way.marks));
            } else if (step instanceof Program.Step.Fork fork) {
                open.push(new Way(fork.otherwise(), way.marks));
                open.push(new Way(fork.rather(), way.marks));
            } else if (step instanceof Program.Step.Mark mark) {
                open.push(new Way(way.step + 1, marked(way.marks, mark.slot())));
            } else if (step instanceof Program.Step.Check check) {
                if (check.place().isAt(text, place)) {
                    open.push(new Way(way.step + 1, way.marks));
                }
            } else {
                ways.add(way);
            }
        }
    }

    private int[] marked(int[] marks, int slot) {
        int[] more = marks.clone();
        more[slot] = place;
        return more;
    }
}
