package dev.waypost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class ResponseTest {
    @Test
    @DisplayName("an overload is REFUSED for a client and tells itself apart from every other REFUSED for a program")
    void overloadIsToldFromRefusal() {
        Response overloaded = Response.overloaded("too many queries wait");
        assertThat(overloaded.rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(overloaded.isOverloaded()).isTrue();
        assertThat(overloaded.freshness()).isSameAs(Freshness.never());
        assertThat(Response.failure(Rcode.REFUSED, ExtendedError.PROHIBITED, "").isOverloaded())
                .isFalse();
    }
}
