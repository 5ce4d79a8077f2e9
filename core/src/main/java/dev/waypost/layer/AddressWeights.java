package dev.waypost.layer;

import dev.waypost.ConfigurationException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/**
 * How often an address of a name should be the first one, from a file as CoreDNS's {@code loadbalance weighted} has it: a
 * line with a name, and below it lines with an address and a weight 1..255. {@code #} begins a comment line. Immutable.
 */
public final class AddressWeights {
    /** No name has weights: every address is as likely. */
    public static final AddressWeights NONE = new AddressWeights(Map.of());

    private static final int MOST_WEIGHT = 255;

    private final Map<String, Map<String, Integer>> names;

    private AddressWeights(Map<String, Map<String, Integer>> names) {
        this.names = names;
    }

    /**
     * Reads weights.
     *
     * @param source what errors call the text
     * @throws ConfigurationException for a line that cannot be read
     */
    public static AddressWeights read(String text, String source) {
        Map<String, Map<String, Integer>> names = new HashMap<>();
        Map<String, Integer> present = null;
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+");
            byte[] address = octets(words[0]);
            if (words.length == 1 && address == null) {
                String name = words[0].toLowerCase(Locale.ROOT);
                present = names.computeIfAbsent(name.endsWith(".") ? name : name + ".", any -> new HashMap<>());
            } else if (words.length == 2 && address != null && present != null && isWeight(words[1])) {
                present.put(Arrays.toString(address), Integer.parseInt(words[1]));
            } else {
                throw ConfigurationException.at(
                        source,
                        i + 1,
                        "a name, or below one an address and a weight 1..255, is wanted, found \"" + line + "\"");
            }
        }
        return new AddressWeights(names);
    }

    private static byte @Nullable [] octets(String text) {
        byte[] ipv4 = Address.toByteArray(text, Address.IPv4);
        return ipv4 != null ? ipv4 : Address.toByteArray(text, Address.IPv6);
    }

    private static boolean isWeight(String text) {
        return text.matches("\\d{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_WEIGHT;
    }

    /** The weights of a name's addresses; null where it has none. */
    @Nullable
    Map<String, Integer> of(String owner) {
        return names.get(owner.toLowerCase(Locale.ROOT));
    }

    /** The weight of an address, 1 unless the file says otherwise. */
    static int weight(Map<String, Integer> weights, byte[] address) {
        return weights.getOrDefault(Arrays.toString(address), 1);
    }
}
