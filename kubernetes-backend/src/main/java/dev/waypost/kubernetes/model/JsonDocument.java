package dev.waypost.kubernetes.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it streams in: no tree, unread values cost no memory, and the name of a field that was seen before none either.
 * Faults are noted, never thrown; only broken JSON and a broken stream are exceptions.
 */
public final class JsonDocument implements DocumentReader {
    /** As deep as the API server itself reads: an object of its store must not end the stream it comes in. */
    private static final int MOST_DEPTH = 10_000;

    /** So many digits are a {@code long}, whatever they are. */
    private static final int SAFE_DIGITS = 18;

    /** After so many values the names seen are let go: a watch lasts long, and some names are of one object alone. */
    private static final int VALUES_OF_A_PARSER = 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Names that collide make an object slow to read; as a failure they would end the stream it comes in.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE) // the API server's bound on an object bounds its texts too
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final InputStream octets;
    private InputStream ahead = InputStream.nullInputStream(); // read of the octets and not yet by this parser
    private final PassingText passing = new PassingText();
    private JsonParser json;
    private int values;
    private boolean atValue; // the parser stands at a value that nobody has taken
    private @Nullable String fault;
    private @Nullable String leftOut;
    private int leftOutCount;

    /** Reads one or several top-level values in UTF-8, as a watch stream sends them. */
    public JsonDocument(InputStream octets) throws IOException {
        this.octets = octets;
        this.json = JSON.createParser(octets);
    }

    /** Whether another top-level value follows; waits for it. */
    public boolean hasNext() throws IOException {
        if (++values % VALUES_OF_A_PARSER == 0 && !atValue) {
            renewParser();
        }
        return peek() != null;
    }

    private void renewParser() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        json.releaseBuffered(rest);
        json.close();
        ahead.transferTo(rest);
        ahead = new ByteArrayInputStream(rest.toByteArray());
        json = JSON.createParser(new SequenceInputStream(ahead, octets));
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
        if (!take(JsonToken.START_OBJECT, "an object")) {
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            member.take(json.currentName());
        }
    }

    @Override
    public void array(Item item) throws IOException {
        if (!take(JsonToken.START_ARRAY, "a list")) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            atValue = true;
            item.take();
        }
    }

    @Override
    public String text() throws IOException {
        return take(JsonToken.VALUE_STRING, "a text") ? json.getText() : "";
    }

    @Override
    public CharSequence passingText() throws IOException {
        return take(JsonToken.VALUE_STRING, "a text") ? passing.over(json) : "";
    }

    @Override
    public @Nullable Long number() throws IOException {
        if (peek() != JsonToken.VALUE_NUMBER_FLOAT && !take(JsonToken.VALUE_NUMBER_INT, "a number")) {
            return null;
        }
        atValue = false;
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= SAFE_DIGITS) {
            return json.getLongValue();
        }
        String digits = json.getText();
        Long number = WholeNumber.read(digits);
        if (number == null) {
            fault("wants a whole number, found " + Excerpt.of(digits));
        }
        return number;
    }

    @Override
    public @Nullable Boolean flag() throws IOException {
        if (peek() != JsonToken.VALUE_TRUE && !take(JsonToken.VALUE_FALSE, "true or false")) {
            return null;
        }
        atValue = false;
        return json.getBooleanValue();
    }

    @Override
    public void skip() throws IOException {
        peek();
        json.skipChildren();
        atValue = false;
    }

    @Override
    public void fault(String problem) {
        if (fault == null) {
            fault = place() + ": " + problem;
        }
    }

    @Override
    public void leftOut(String problem) {
        leftOutCount++;
        if (leftOut == null) {
            leftOut = place() + ": " + problem;
        }
    }

    /** Where the value taken last stands, e.g. {@code $.items[3].spec}. */
    private String place() {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = json.getParsingContext(); at != null && !at.inRoot(); at = at.getParent()) {
            path.insert(0, at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + at.getCurrentName());
        }
        return path.insert(0, '$').toString();
    }

    /** The token that the next value begins with; null at the end. */
    private @Nullable JsonToken peek() throws IOException {
        if (!atValue) {
            json.nextToken();
            atValue = true;
        }
        return json.currentToken();
    }

    /** Steps into the value, or passes over it where it is of another type. */
    private boolean take(JsonToken wanted, String wantedWords) throws IOException {
        JsonToken found = peek();
        if (found != wanted) {
            skip();
        }
        atValue = false;
        if (found != wanted && found != JsonToken.VALUE_NULL) {
            fault("wants " + wantedWords + ", found " + words(found));
        }
        return found == wanted;
    }

    private static String words(@Nullable JsonToken found) {
        return found == null
                ? "the end"
                : switch (found) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "a list";
                    case VALUE_STRING -> "a text";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "true or false";
                    default -> found.toString();
                };
    }
}
