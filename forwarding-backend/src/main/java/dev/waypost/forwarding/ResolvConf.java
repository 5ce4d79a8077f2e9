package dev.waypost.forwarding;

import dev.waypost.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * What a {@code resolv.conf} says (resolv.conf(5)). Options it does not know are passed over, as every resolver does.
 *
 * @param nameservers at least one, in the order given, each once; scope IDs are left out
 * @param search the search list: of {@code search} or {@code domain}, whichever came last
 * @param ndots dots from which on a name is tried as it is first, 0..15
 * @param timeout {@code options timeout:}, 1 s..30 s, where given
 * @param attempts {@code options attempts:}, 1..5, where given
 * @param rotate whether each server is asked in its turn
 * @param useTcp {@code options use-vc}: every query over TCP
 */
public record ResolvConf(
        List<InetAddress> nameservers,
        List<Name> search,
        int ndots,
        Optional<Duration> timeout,
        Optional<Integer> attempts,
        boolean rotate,
        boolean useTcp) {
    public ResolvConf {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException for a file that cannot be read, a line that cannot be understood, or no name server;
     *     it names file and line
     */
    public static ResolvConf read(Path file) {
        try {
            return parse(Files.readAllLines(file), file.toString());
        } catch (MalformedInputException notText) {
            throw ConfigurationException.of(file.toString(), "a resolv.conf wants text in UTF-8", notText);
        } catch (IOException unreadable) {
            throw ConfigurationException.of(file.toString(), "cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Reads lines.
     *
     * @param source what errors call them
     */
    public static ResolvConf parse(List<String> lines, String source) {
        ResolvConfReader reader = new ResolvConfReader(source);
        lines.forEach(reader::line);
        return reader.conf();
    }
}
