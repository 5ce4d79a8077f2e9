package dev.waypost.lookup;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** The RRsets of an answer as they are. */
record RecordForm(int qtype) implements RecordsForm<List<RecordSet>> {
    @Override
    public List<Integer> qtypes() {
        return List.of(qtype);
    }

    @Override
    public @Nullable List<RecordSet> read(List<Response> responses) {
        List<RecordSet> answer = responses.get(0).answer();
        boolean aliasesOnly = answer.stream().allMatch(set -> set.type() == Type.CNAME || set.type() == Type.DNAME);
        boolean aliasWanted = qtype == Type.CNAME || qtype == Type.DNAME || qtype == Type.ANY;
        return answer.isEmpty() || aliasesOnly && !aliasWanted ? null : answer;
    }

    @Override
    public String toString() {
        return Type.string(qtype) + " records";
    }
}
