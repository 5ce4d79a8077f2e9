package dev.waypost.forwarding.message;

import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;
import org.xbill.DNS.Name;

/** An answer that many clients share, in the letters each of them asked in (RFC 1035 section 2.3.3). */
public final class ClientSpelling {
    private ClientSpelling() {}

    public static Response of(Response response, Name qname) {
        List<RecordSet> answer = response.answer();
        for (RecordSet set : answer) {
            if (set.owner() != qname && set.owner().equals(qname)) {
                return response.withAnswer(answer.stream()
                        .map(each -> each.owner().equals(qname) ? each.withOwner(qname) : each)
                        .toList());
            }
        }
        return response;
    }
}
