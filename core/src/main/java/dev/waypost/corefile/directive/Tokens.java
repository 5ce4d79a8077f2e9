package dev.waypost.corefile.directive;

import dev.waypost.AddressBlock;
import dev.waypost.AddressBlocks;
import dev.waypost.corefile.Token;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What words of a Corefile mean in DNS. */
final class Tokens {
    private Tokens() {}

    /** A type by its mnemonic, any letter case, or as {@code TYPE65280} (RFC 3597 section 5). */
    static int type(Token token) {
        int type = Type.value(token.text().toUpperCase(Locale.ROOT));
        if (type < 0) {
            throw token.unexpected("type", "a record type as A or TYPE65280");
        }
        return type;
    }

    /** A class by its mnemonic, any letter case, or as {@code CLASS3}. */
    static int qclass(Token token) {
        int code = DClass.value(token.text().toUpperCase(Locale.ROOT));
        if (code < 0) {
            throw token.unexpected("class", "a class as IN or CH");
        }
        return code;
    }

    /** An RCODE by its mnemonic, any letter case, or as a number up to 4095. */
    static int rcode(Token token) {
        String text = token.text();
        if (text.matches("\\d{1,4}")) {
            return token.number("rcode", 0, 4095);
        }
        int code = text.matches("[A-Za-z]+") ? Rcode.value(text.toUpperCase(Locale.ROOT)) : -1;
        if (code < 0) {
            throw token.unexpected("rcode", "an RCODE as NXDOMAIN or a number 0..4095");
        }
        return code;
    }

    /** Address blocks. */
    static AddressBlocks networks(List<Token> blocks) {
        return AddressBlocks.of(blocks.stream().map(Tokens::network).toList());
    }

    /** One address block. */
    static AddressBlock network(Token block) {
        try {
            return AddressBlock.parse(block.text());
        } catch (IllegalArgumentException unusable) {
            throw block.fault(String.valueOf(unusable.getMessage()));
        }
    }
}
