package dev.waypost.forwarding;

import dev.waypost.ExtendedError;
import dev.waypost.RecordSet;
import dev.waypost.Response;
import java.util.List;

/**
 * Bytes of heap that an answer in the cache takes, with all that is kept for it alone.
 *
 * <p>Counted for a 64-bit JVM with compressed pointers: an object has 12 octets of header, an array 16, a pointer 4, and
 * each is rounded up to 8.
 *
 * <table>
 *   <caption>What one answer is made of</caption>
 *   <tr><td>key, question</td><td>24 + 32</td></tr>
 *   <tr><td>answer, its times, response, popularity</td><td>48 + 48 + 48 + 24</td></tr>
 *   <tr><td>Caffeine's node, the hash table's node, their share of the tables</td><td>80 + 32 + 64</td></tr>
 *   <tr><td>each list</td><td>24, and from the third element on an array of pointers</td></tr>
 *   <tr><td>each RRset</td><td>40, its owner, an array of pointers, an array of octets a record</td></tr>
 *   <tr><td>each owner</td><td>32, an array of octets</td></tr>
 *   <tr><td>each extended error</td><td>24, its text 24 and an array of octets</td></tr>
 * </table>
 */
final class HeapCost {
    private static final int ENTRY = 24 + 32 + 48 + 48 + 48 + 24 + 80 + 32 + 64;
    private static final int ARRAY = 16;
    private static final int POINTER = 4;
    private static final int LIST = 24;
    private static final int RRSET = 40;
    private static final int NAME = 32;
    private static final int EXTENDED_ERROR = 24 + 24;

    private HeapCost() {}

    static int of(AnswerStore.Key key, KeptAnswer kept) {
        Response response = kept.response();
        long bytes = ENTRY + NAME + array(key.question().qname().length());
        bytes += of(response.answer()) + of(response.authority()) + of(response.additional());
        for (ExtendedError error : response.extendedErrors()) {
            bytes += LIST + EXTENDED_ERROR + array(error.text().length());
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private static long of(List<RecordSet> sets) {
        if (sets.isEmpty()) {
            return 0;
        }
        long bytes = sets.size() < 3 ? LIST : LIST + array(POINTER * sets.size());
        for (RecordSet set : sets) {
            bytes += RRSET + NAME + array(set.owner().length()) + array(POINTER * set.size());
            for (int i = 0; i < set.size(); i++) {
                bytes += array(set.rdataLength(i));
            }
        }
        return bytes;
    }

    private static long array(int octets) {
        return ARRAY + (octets + 7L) / 8 * 8;
    }
}
