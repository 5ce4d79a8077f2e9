package dev.waypost.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        for (String pair : text.strip().split(" +")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                labels.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return labels;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | app=web | true",
                "app=web | app=shop | false",
                "app=web | tier=front | false",
                "app==web | app=web tier=front | true",
                "app = web | app=web | true",
                "app!=web | app=web | false",
                "app!=web | app=shop | true",
                "app!=web | tier=front | true",
                "app in (web, shop) | app=shop | true",
                "app in (web,shop) | app=other | false",
                "app in (web) | tier=web | false",
                "app notin (web, shop) | app=shop | false",
                "app notin (web, shop) | app=other | true",
                "app notin (web) | tier=web | true",
                "canary | canary=no | true",
                "canary | canary= | true",
                "canary | app=web | false",
                "!canary | app=web | true",
                "! canary | canary=no | false",
                "app=web,!canary,tier in (front) | app=web tier=front | true",
                "app=web, !canary , tier in (front) | app=web tier=front canary=1 | false",
                "app= | app= | true",
                "app= | app=web | false",
                "app in (web,) | app= | true",
                "app=,tier=front | app= tier=front | true",
                "in in (in) | in=in | true",
                "notin | notin=x | true",
                "example.com/app=web | example.com/app=web | true",
                "kubernetes.io/metadata.name notin (kube-system) | kubernetes.io/metadata.name=shop | true",
                "App=web | app=web | false",
            })
    void requirementsHoldAsTheApiServerHasIt(String selector, String labels, boolean matches)
            throws LabelSelector.Fault {
        assertThat(LabelSelector.parse(selector).matches(labels(labels))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web, | 8 | wants a label's key, found the end",
                ",app=web | 0 | wants a label's key, found \",\"",
                "= | 0 | wants a label's key, found \"=\"",
                "! | 1 | wants a label's key, found the end",
                "-app | 0 | wants a label's key, found \"-app\"",
                "Example.com/app | 0 | wants a label's key, found \"Example.com/app\"",
                "example.com/ | 0 | wants a label's key, found \"example.com/\"",
                "/app | 0 | wants a label's key, found \"/app\"",
                "app=-web | 4 | wants a label's value, found \"-web\"",
                "app=a/b | 4 | wants a label's value, found \"a/b\"",
                "app web | 4 | wants '=', '==', '!=', 'in' or 'notin', found \"web\"",
                "app > 3 | 4 | wants '=', '==', '!=', 'in' or 'notin', found \">\"",
                "app=web shop | 8 | wants ',' or the end, found \"shop\"",
                "app=web) | 7 | wants ',' or the end, found \")\"",
                "app in web | 7 | wants '(', found \"web\"",
                "app in () | 8 | wants a value, found \")\"",
                "app in (web | 11 | wants ',' or ')', found the end",
                "app in (web shop) | 12 | wants ',' or ')', found \"shop\"",
                "app notin | 9 | wants '(', found the end",
                "app===web | 5 | wants ',' or the end, found \"=\"",
            })
    void faultSaysWhatWasWantedAndFoundAndWhere(String selector, int offset, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOfSatisfying(
                        LabelSelector.Fault.class,
                        fault -> assertThat(fault.offset()).isEqualTo(offset))
                .hasMessage(message);
    }

    @Test
    void keysAndValuesAreBounded() throws LabelSelector.Fault {
        String most = "x".repeat(63);
        assertThat(LabelSelector.parse(most + "=" + most).matches(Map.of(most, most)))
                .isTrue();
        assertThatThrownBy(() -> LabelSelector.parse(most + "x")).hasMessageContaining("wants a label's key");
        assertThatThrownBy(() -> LabelSelector.parse("a=" + most + "x")).hasMessageContaining("wants a label's value");
    }

    @Test
    void blankTextMeansEveryObject() throws LabelSelector.Fault {
        assertThat(LabelSelector.parse(" ")).isSameAs(LabelSelector.ALL);
        assertThat(LabelSelector.ALL.matches(Map.of())).isTrue();
    }
}
