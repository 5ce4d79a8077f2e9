package dev.waypost.layer.template;

import dev.waypost.RecordSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Reads records that templates were filled to: lines of a master file (RFC 1035 section 5.1), names from the root. */
final class TemplateRecords {
    /** What CoreDNS's reader gives a record without a TTL, seconds. */
    private static final int DEFAULT_TTL = 3600;

    private TemplateRecords() {}

    /**
     * The one record of a text.
     *
     * @throws TemplateFault for anything else
     */
    static Record read(String text) {
        if (text.stripLeading().startsWith("$")) {
            throw new TemplateFault("a record is wanted, found \"" + text + "\"");
        }
        try (Master lines = new Master(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), Name.root, DEFAULT_TTL)) {
            lines.disableIncludes(); // a query must not open a file
            lines.expandGenerate(false);
            Record record = lines.nextRecord();
            if (record == null || lines.nextRecord() != null) {
                throw new TemplateFault("one record is wanted, found \"" + text + "\"");
            }
            return record;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new TemplateFault("\"" + text + "\" is no record: " + unreadable.getMessage());
        }
    }

    /** The RRsets of records, in the order of their first ones. */
    static List<RecordSet> sets(List<Record> records) {
        List<List<Record>> groups = new ArrayList<>();
        for (Record record : records) {
            groups.stream()
                    .filter(group -> group.get(0).sameRRset(record))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.get(groups.size() - 1);
                    })
                    .add(record);
        }
        return groups.stream().map(RecordSet::of).toList();
    }
}
