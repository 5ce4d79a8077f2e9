package dev.waypost.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waypost.zone.Finding;
import dev.waypost.zone.RecordSource;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Type;

/** What every record source keeps. A test class of a source implements this and gets its tests. */
public interface RecordSourceContract {
    /** A loaded source, the same at every call within one test. */
    RecordSource source();

    /** A name that has records of {@link #presentType()}, reached through no alias, wildcard or zone cut. */
    Name presentName();

    /** A type that {@link #presentName()} has. */
    int presentType();

    /** A type that {@link #presentName()} has not. */
    default int absentType() {
        return Type.HINFO;
    }

    /** A name at or below the origin that does not exist, under no wildcard. */
    Name absentName();

    @Test
    default void originIsAbsoluteAndExists() {
        assertThat(source().origin().isAbsolute()).isTrue();
        assertThat(source().find(source().origin(), absentType())).isNotInstanceOf(Finding.NxDomain.class);
    }

    @Test
    default void soaIsOneRecordOfTheApexAndTheSameObject() {
        assertThat(source().soa().owner()).isEqualTo(source().origin());
        assertThat(source().soa().type()).isEqualTo(Type.SOA);
        assertThat(source().soa().size()).isEqualTo(1);
        assertThat(source().soa()).isSameAs(source().soa());
    }

    @Test
    default void apexAnswersForItsSoa() {
        Finding finding = source().find(source().origin(), Type.SOA);
        assertThat(finding).isInstanceOf(Finding.Found.class);
        assertThat(((Finding.Found) finding).set()).isEqualTo(source().soa());
    }

    @Test
    default void presentRecordsAreFoundUnderTheNameAskedFor() {
        Finding finding = source().find(presentName(), presentType());
        assertThat(finding).isInstanceOf(Finding.Found.class);
        assertThat(((Finding.Found) finding).set().owner()).isEqualTo(presentName());
        assertThat(((Finding.Found) finding).set().type()).isEqualTo(presentType());
    }

    @Test
    default void letterCaseOfTheQuestionDoesNotMatter() {
        Name loud = Zones.name(presentName().toString().toUpperCase(Locale.ROOT));
        Name quiet = Zones.name(presentName().toString().toLowerCase(Locale.ROOT));
        assertThat(set(source().find(loud, presentType()))).isEqualTo(set(source().find(quiet, presentType())));
    }

    @Test
    default void absentTypeOfPresentNameIsNoData() {
        assertThat(source().find(presentName(), absentType())).isInstanceOf(Finding.NoData.class);
    }

    @Test
    default void absentNameIsNxDomainForEveryType() {
        for (int qtype : new int[] {presentType(), absentType(), Type.ANY, Type.SOA, Type.CNAME}) {
            assertThat(source().find(absentName(), qtype)).isInstanceOf(Finding.NxDomain.class);
        }
    }

    @Test
    default void nothingExistsBelowAnAbsentName() throws NameTooLongException { // RFC 8020 section 2
        Name below = Name.concatenate(Name.fromConstantString("below"), absentName());
        assertThat(source().find(below, presentType())).isInstanceOf(Finding.NxDomain.class);
    }

    @Test
    default void everyNameAboveAPresentNameExists() { // RFC 8020 section 2: empty non-terminals
        int steps = presentName().labels() - source().origin().labels();
        for (int skip = 1; skip <= steps; skip++) {
            Name above = new Name(presentName(), skip);
            assertThat(source().find(above, absentType())).as("%s", above).isNotInstanceOf(Finding.NxDomain.class);
        }
    }

    @Test
    default void anyFindsOneRecordSetOfTheName() { // RFC 8482 section 4.1
        Finding finding = source().find(presentName(), Type.ANY);
        assertThat(finding).isInstanceOf(Finding.Found.class);
        assertThat(((Finding.Found) finding).set().owner()).isEqualTo(presentName());
    }

    @Test
    default void noTypeCodeMakesItThrow() {
        for (int qtype :
                new int[] {0, 1, Type.DS, Type.OPT, 249, Type.TSIG, Type.IXFR, Type.AXFR, 253, 254, 255, 65280, 65535
                }) {
            assertThatCode(() -> source().find(presentName(), qtype)).doesNotThrowAnyException();
            assertThatCode(() -> source().find(absentName(), qtype)).doesNotThrowAnyException();
        }
    }

    @Test
    default void longestAndOddestNamesAreAnswered() throws NameTooLongException { // RFC 2181 section 11
        Name longest = presentName();
        Name label = Name.fromConstantString("x");
        while (longest.length() < 254) {
            longest = Name.concatenate(label, longest);
        }
        assertThat(source().find(longest, presentType())).isNotNull();
        Name odd = Name.concatenate(Name.fromConstantString("\\000\\255\\.\\*"), presentName());
        assertThat(source().find(odd, presentType())).isNotNull();
    }

    @Test
    default void findingsHoldUntilSomethingChanges() {
        assertThat(source().find(presentName(), presentType()).freshness().holdsAt(0))
                .isTrue();
        assertThat(source().find(presentName(), absentType()).freshness().holdsAt(0))
                .isTrue();
        assertThat(source().find(absentName(), presentType()).freshness().holdsAt(0))
                .isTrue();
    }

    @Test
    default void manyThreadsFindTheSame() {
        Object alone = set(source().find(presentName(), presentType()));
        RecordSource shared = source();
        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> set(shared.find(presentName(), presentType())))
                        .filter(each -> !Objects.equals(each, alone)))
                .isEmpty();
    }

    private static Object set(Finding finding) {
        return finding instanceof Finding.Found found ? found.set() : finding.getClass();
    }
}
