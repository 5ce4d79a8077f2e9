package dev.waypost.zone.peers;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A question of class IN, without recursion and without EDNS. */
record Question(Name qname, int qtype) {
    byte[] toWire(int id) {
        Message query = new Message(id);
        query.addRecord(Record.newRecord(qname, qtype, DClass.IN), Section.QUESTION);
        return query.toWire();
    }

    @Override
    public String toString() {
        return qname + " " + Type.string(qtype);
    }
}
