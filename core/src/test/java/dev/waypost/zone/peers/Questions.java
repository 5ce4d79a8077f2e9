package dev.waypost.zone.peers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What is asked about a zone: its names, those above, below and beside them, each with several types. */
final class Questions {
    private static final int[] TYPES = {
        Type.A, Type.AAAA, Type.NS, Type.SOA, Type.CNAME, Type.DNAME, Type.MX, Type.TXT, Type.SRV, Type.DS, Type.ANY
    };
    private static final int[] RARE = {
        Type.PTR,
        Type.CAA,
        Type.NAPTR,
        Type.TLSA,
        Type.HTTPS,
        Type.SVCB,
        Type.SSHFP,
        Type.LOC,
        Type.HINFO,
        Type.RP,
        Type.URI,
        Type.AFSDB,
        Type.KX,
        65280,
        65281,
        65282
    };
    private static final String[] BELOW = {"x", "a.b", "*", "X.\\000\\255"};
    private static final int TYPES_A_NAME = 3;

    private Questions() {}

    /** Every common type for every owner, some for the names around it, and each rare one where it is. */
    static List<Question> about(List<PeerZone> zones, Random random) {
        List<Question> questions = new ArrayList<>();
        Set<Name> names = new LinkedHashSet<>();
        for (PeerZone zone : zones) {
            for (Name owner : zone.owners()) {
                for (int type : TYPES) {
                    questions.add(new Question(owner, type));
                }
                addAround(owner, zone.name(), names);
            }
        }
        for (Name name : names) {
            questions.add(new Question(name, Type.A));
            questions.add(new Question(name, RARE[random.nextInt(RARE.length)]));
            for (int i = 0; i < TYPES_A_NAME; i++) {
                questions.add(new Question(name, TYPES[random.nextInt(TYPES.length)]));
            }
        }
        for (String owner : new String[] {"types.example.org.", "svcalias.example.org.", "www.example.org."}) {
            for (int type : RARE) {
                questions.add(new Question(Name.fromConstantString(owner), type));
            }
        }
        return questions;
    }

    private static void addAround(Name owner, Name origin, Set<Name> names) {
        for (int skip = 0; skip <= owner.labels() - origin.labels(); skip++) {
            Name name = new Name(owner, skip);
            if (!names.add(name)) {
                continue;
            }
            for (String below : BELOW) {
                try {
                    names.add(Name.concatenate(Name.fromString(below), name));
                } catch (NameTooLongException tooLong) {
                    // then there is nothing below it
                } catch (TextParseException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }
}
