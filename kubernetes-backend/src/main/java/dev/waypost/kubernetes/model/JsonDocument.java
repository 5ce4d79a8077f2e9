package dev.waypost.kubernetes.model;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it streams in: no tree, and unread values cost no memory. Faults are noted, never thrown; only broken JSON and
 * a broken stream are exceptions.
 */
public final class JsonDocument implements DocumentReader {
    /** As deep as the API server itself reads: an object of its store must not end the stream it comes in. */
    private static final int MOST_DEPTH = 10_000;

    private final JsonReader json;
    private @Nullable String fault;
    private @Nullable String leftOut;
    private int leftOutCount;
    private boolean begun;

    /** Reads one or several top-level values, as a watch stream sends them. */
    public JsonDocument(Reader text) {
        json = new JsonReader(text);
        // Several values in one stream is what a watch is; strict reading allows one only.
        json.setStrictness(Strictness.LENIENT);
        json.setNestingLimit(MOST_DEPTH);
    }

    /** Whether another top-level value follows; waits for it. */
    public boolean hasNext() throws IOException {
        try {
            boolean next = json.peek() != JsonToken.END_DOCUMENT;
            begun |= next;
            return next;
        } catch (EOFException ended) {
            if (begun) {
                throw ended;
            }
            return false; // JsonReader takes a stream without any value for a broken one; a quiet watch is none
        }
    }

    /** What made the object last read unusable, or null; forgets it. */
    public @Nullable String takeFault() {
        String taken = fault;
        fault = null;
        return taken;
    }

    /** How many parts were left out since the last call; forgets them. */
    public int takeLeftOutCount() {
        int taken = leftOutCount;
        leftOutCount = 0;
        return taken;
    }

    /** The first part left out and why, or null; forgets it. */
    public @Nullable String takeLeftOut() {
        String taken = leftOut;
        leftOut = null;
        return taken;
    }

    @Override
    public void object(Member member) throws IOException {
        if (!isNext(JsonToken.BEGIN_OBJECT, "an object")) {
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            member.take(json.nextName());
        }
        json.endObject();
    }

    @Override
    public void array(Item item) throws IOException {
        if (!isNext(JsonToken.BEGIN_ARRAY, "a list")) {
            return;
        }
        json.beginArray();
        while (json.hasNext()) {
            item.take();
        }
        json.endArray();
    }

    @Override
    public String text() throws IOException {
        return isNext(JsonToken.STRING, "a text") ? json.nextString() : "";
    }

    @Override
    public @Nullable Long number() throws IOException {
        if (!isNext(JsonToken.NUMBER, "a number")) {
            return null;
        }
        String digits = json.nextString();
        Long number = WholeNumber.read(digits);
        if (number == null) {
            fault("wants a whole number, found " + Excerpt.of(digits));
        }
        return number;
    }

    @Override
    public @Nullable Boolean flag() throws IOException {
        return isNext(JsonToken.BOOLEAN, "true or false") ? json.nextBoolean() : null;
    }

    @Override
    public void skip() throws IOException {
        json.skipValue();
    }

    @Override
    public void fault(String problem) {
        if (fault == null) {
            fault = json.getPreviousPath() + ": " + problem;
        }
    }

    @Override
    public void leftOut(String problem) {
        leftOutCount++;
        if (leftOut == null) {
            leftOut = json.getPreviousPath() + ": " + problem;
        }
    }

    private boolean isNext(JsonToken wanted, String wantedWords) throws IOException {
        JsonToken found = json.peek();
        if (found == wanted) {
            return true;
        }
        json.skipValue();
        if (found != JsonToken.NULL) {
            fault("wants " + wantedWords + ", found " + found);
        }
        return false;
    }
}
