package dev.waypost.lookup;

import dev.waypost.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Type;

/** The names of an address. */
enum PointerForm implements RecordsForm<List<Name>> {
    INSTANCE;

    @Override
    public List<Integer> qtypes() {
        return List.of(Type.PTR);
    }

    @Override
    public @Nullable List<Name> read(List<Response> responses) {
        List<Name> names = responses.get(0).answer().stream()
                .filter(set -> set.type() == Type.PTR)
                .flatMap(set -> set.records().stream())
                .map(record -> ((PTRRecord) record).getTarget())
                .toList();
        return names.isEmpty() ? null : names;
    }

    @Override
    public String toString() {
        return "names";
    }
}
