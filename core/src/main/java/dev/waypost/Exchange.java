package dev.waypost;

import java.util.Map;
import org.xbill.DNS.Name;

/**
 * One question and its reply, as observers see it.
 *
 * @param server the listener that took the query, e.g. {@code dns://:53}; {@code memory} for a call in this JVM
 * @param zone origin of the zone plan that answered, e.g. {@code cluster.local.}; {@code dropped} where none did
 * @param client who asked
 * @param id message ID, 0..65535; 0 in process
 * @param opcode OPCODE, 0..15
 * @param qname the name asked for; the root where the question could not be read
 * @param qtype the type asked for; 0 where it could not be read
 * @param qclass the class asked for; 0 where it could not be read
 * @param dnssecOk the DO bit
 * @param udpPayloadSize what the client takes, octets
 * @param querySize octets of the query message; 0 in process
 * @param replySize octets of the reply message; 0 in process
 * @param replyFlags the flag bits of the reply: QR, AA, TC, RD, RA, Z, AD, CD as in the header's second word, with
 *     OPCODE and RCODE left out
 * @param rcode RCODE, 0..4095, the extended one where EDNS gave one
 * @param answerRecords how many records the ANSWER section holds
 * @param answeredBy the directive or backend that answered, e.g. {@code kubernetes}; empty where unknown
 * @param labels what the one who answered told about it, {@code directive/name}; none where a reply image was replayed
 * @param durationNanos from the query's arrival to the rendered reply
 * @param replayed whether a reply image was replayed
 */
public record Exchange(
        String server,
        String zone,
        Client client,
        int id,
        int opcode,
        Name qname,
        int qtype,
        int qclass,
        boolean dnssecOk,
        int udpPayloadSize,
        int querySize,
        int replySize,
        int replyFlags,
        int rcode,
        int answerRecords,
        String answeredBy,
        Map<String, String> labels,
        long durationNanos,
        boolean replayed) {
    public Exchange {
        labels = Map.copyOf(labels);
    }
}
