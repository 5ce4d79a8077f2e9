package dev.waypost.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("JSON as it streams in")
class JsonDocumentTest {
    private static JsonDocument document(String json) throws IOException {
        return new JsonDocument(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void quietStreamHasNoValue() throws IOException {
        assertThat(document("").hasNext()).isFalse();
        assertThat(document(" \n").hasNext()).isFalse();
    }

    @Test
    @DisplayName("values follow each other with and without space, also where the reader of them is renewed")
    void manyValues() throws IOException {
        int count = 5000;
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < count; i++) {
            json.append("{\"name-")
                    .append(i)
                    .append("\":\"")
                    .append(i)
                    .append("\"}")
                    .append(i % 2 == 0 ? "\n" : "");
        }
        JsonDocument document = document(json.toString());
        List<String> seen = new ArrayList<>();
        while (document.hasNext()) {
            assertThat(document.hasNext()).isTrue(); // asking takes nothing
            document.object(name -> seen.add(name + "=" + document.text()));
        }
        assertThat(seen).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(seen.get(i)).isEqualTo("name-" + i + "=" + i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"b\":[0,\"x\"]}} | $.a.b[1]: wants a number, found a text",
                "{\"a\":{\"b\":[{\"c\":{}}]}} | $.a.b[0]: wants a number, found an object",
                "{\"a\":{\"b\":[0,1,[2]]}} | $.a.b[2]: wants a number, found a list",
                "{\"a\":{\"b\":[true]}} | $.a.b[0]: wants a number, found true or false",
                "{\"a\":{\"b\":7}} | $.a.b: wants a list, found a number",
                "{\"a\":[]} | $.a: wants an object, found a list",
                "{\"a\":{\"b\":[1.5]}} | $.a.b[0]: wants a whole number, found 1.5",
                "{\"a\":{\"b\":[null]}} | ",
                "{\"a\":null} | ",
            })
    void faultSaysWhereItIsWhatWasWantedAndWhatWasFound(String json, String fault) throws IOException {
        JsonDocument document = document(json);
        document.object(a -> document.object(b -> document.array(document::number)));
        assertThat(document.takeFault()).isEqualTo(fault);
        assertThat(document.hasNext()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "-1 | -1",
                "1e3 | 1000",
                "999999999999999999 | 999999999999999999",
                "9223372036854775807 | 9223372036854775807",
                "9223372036854775808 | 9223372036854775807",
                "-99999999999999999999999999999999999999999999 | -9223372036854775808",
            })
    void numberBeyondALongIsTheNearestOne(String json, long number) throws IOException {
        assertThat(document(json).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\":", "{\"a\":1", "{a:1}", "<html>", "{\"a\":tru", "{\"a\":\"x", "{\"a\" 1}"})
    void brokenJsonIsAnException(String json) throws IOException {
        JsonDocument document = document(json);
        assertThatIOException().isThrownBy(() -> document.object(name -> document.skip()));
    }

    @Test
    @DisplayName("a name as long as an object may be, and nesting as deep, are passed over")
    void oddValuesArePassedOver() throws IOException {
        String name = "n".repeat(100_000);
        String json = "{\"" + name + "\":" + "[".repeat(9000) + "]".repeat(9000) + ",\"last\":\"\\ud800\\u0000\"} {}";
        JsonDocument document = document(json);
        List<Integer> names = new ArrayList<>();
        document.object(field -> {
            names.add(field.length());
            document.skip();
        });
        assertThat(names).containsExactly(100_000, 4);
        assertThat(document.hasNext()).isTrue();
    }
}
