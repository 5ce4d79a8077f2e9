package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.kubernetes.model.LabelSelector;
import dev.waypost.kubernetes.model.Selection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which objects of a cluster count, as the options say it.
 *
 * @param namespaces the only ones; empty for all
 */
record ObjectChoice(Set<String> namespaces, LabelSelector labels, LabelSelector namespaceLabels) {
    static final ObjectChoice ALL = new ObjectChoice(Set.of(), LabelSelector.ALL, LabelSelector.ALL);

    ObjectChoice {
        namespaces = Set.copyOf(namespaces);
    }

    ObjectChoice inNamespaces(String... names) {
        Set<String> folded = new LinkedHashSet<>();
        for (String name : names) {
            folded.add(name.toLowerCase(Locale.ROOT));
        }
        return new ObjectChoice(folded, labels, namespaceLabels);
    }

    ObjectChoice labelled(String selector) {
        return new ObjectChoice(namespaces, selector("labels", selector), namespaceLabels);
    }

    ObjectChoice inLabelledNamespaces(String selector) {
        return new ObjectChoice(namespaces, labels, selector("namespace_labels", selector));
    }

    private static LabelSelector selector(String option, String text) {
        try {
            return LabelSelector.parse(text);
        } catch (LabelSelector.Fault fault) {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE,
                    "'" + option + "' " + fault.getMessage() + " at character " + (fault.offset() + 1),
                    fault);
        }
    }

    boolean isByNamespaceLabels() {
        return namespaceLabels != LabelSelector.ALL;
    }

    Selection selection() {
        if (!namespaces.isEmpty() && isByNamespaceLabels()) {
            throw ConfigurationException.of(
                    KubernetesBackendBuilder.PLACE, "wants either 'namespaces' or 'namespace_labels', found both");
        }
        return new Selection(labels, namespaceLabels);
    }
}
