package dev.waypost.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

class PickerTest {
    private static final int DRAWS = 60_000;
    /** Quantiles of chi-square at 0.999, by degrees of freedom: a fair picker fails once in a thousand seeds. */
    private static final Map<Integer, Double> CHI_SQUARE = Map.of(4, 18.47, 14, 36.12);

    private final Random random = new Random(7);

    private static List<Integer> backends(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Draws, and compares how often each came with its share. */
    private static double chiSquare(Picker<Integer> picker, List<Integer> from, ToDoubleFunction<Integer> share) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(picker.pick(from).orElseThrow(), 1, Integer::sum);
        }
        return from.stream()
                .mapToDouble(each -> {
                    double expected = DRAWS * share.applyAsDouble(each);
                    double off = counts.getOrDefault(each, 0) - expected;
                    return off * off / expected;
                })
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15})
    void uniformIsNotSkewed(int count) {
        assertThat(chiSquare(Picker.uniform(random), backends(count), each -> 1.0 / count))
                .isLessThan(CHI_SQUARE.get(count - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15})
    void weightsAreKept(int count) {
        int all = count * (count + 1) / 2;
        Picker<Integer> picker = Picker.weighted(each -> each + 1, random);
        assertThat(chiSquare(picker, backends(count), each -> (each + 1.0) / all))
                .isLessThan(CHI_SQUARE.get(count - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15})
    void twoChoicesOfEqualLoadsAreNotSkewed(int count) {
        assertThat(chiSquare(Picker.lessLoadedOfTwo(each -> 0, random), backends(count), each -> 1.0 / count))
                .isLessThan(CHI_SQUARE.get(count - 1));
    }

    @Test
    void oneWithoutAWeightIsNeverChosenBesideOneWithAWeight() {
        Picker<Integer> picker = Picker.weighted(each -> each, random);
        for (int i = 0; i < 1000; i++) {
            assertThat(picker.pick(List.of(0, 1))).contains(1);
        }
        assertThat(picker.pick(List.of(0))).contains(0);
    }

    @Test
    void theMoreLoadedOfTwoIsNotChosen() {
        long[] load = new long[5];
        Picker<Integer> picker = Picker.lessLoadedOfTwo(each -> load[each], random);
        for (int i = 0; i < 10_000; i++) {
            load[picker.pick(backends(5)).orElseThrow()]++;
        }
        assertThat(Arrays.stream(load)).allMatch(each -> Math.abs(each - 2000) <= 5); // random alone: 40 off, and more
        assertThat(picker.pick(List.of(3))).contains(3);
    }

    @Test
    void aKeyStaysWhereItIsAndOnlyTheShareOfTheOneThatWentMoves() {
        List<Integer> five = backends(5);
        List<Integer> four = List.of(0, 1, 2, 4);
        int[] share = new int[5];
        for (int key = 0; key < 5000; key++) {
            Picker<Integer> picker = Picker.stable("user-" + key, each -> each);
            int before = picker.pick(five).orElseThrow();
            int after = picker.pick(four).orElseThrow();
            share[before]++;
            assertThat(after == before || before == 3).isTrue();
        }
        assertThat(Arrays.stream(share)).allMatch(each -> each > 850 && each < 1150);
    }

    @Test
    void ofNothingNothingIsChosen() {
        for (Picker<Integer> each : List.<Picker<Integer>>of(
                Picker.uniform(random),
                Picker.weighted(any -> 1, random),
                Picker.lessLoadedOfTwo(any -> 1, random),
                Picker.stable("key", any -> any))) {
            assertThat(each.pick(List.of())).isEmpty();
        }
        assertThat(Picker.srv(random).pick(List.of())).isEmpty();
    }

    @Test
    void srvRecordsOfTheLowestPriorityAreChosenByWeight() {
        Name target = Name.fromConstantString("target.example.");
        List<ServiceInstance> instances = new ArrayList<>();
        instances.add(new ServiceInstance(target, 1, 10, 0, List.of()));
        instances.add(new ServiceInstance(target, 2, 10, 5, List.of()));
        instances.add(new ServiceInstance(target, 3, 20, 100, List.of()));
        for (int i = 0; i < 1000; i++) {
            assertThat(Picker.srv(random).pick(instances).orElseThrow().port()).isEqualTo(2);
        }
    }

    @Test
    void readyEndpointsHintedForTheZoneComeFirstThenThoseInIt() throws Exception {
        Endpoint far = endpoint("b", true, List.of());
        Endpoint near = endpoint("a", true, List.of());
        Endpoint hinted = endpoint("b", true, List.of("a"));
        Endpoint unready = endpoint("a", false, List.of("a"));
        Picker<Endpoint> picker = Picker.inZone("a", Picker.uniform(random));
        assertThat(picker.pick(List.of(far, near, hinted, unready))).contains(hinted);
        assertThat(picker.pick(List.of(far, near, unready))).contains(near);
        assertThat(picker.pick(List.of(far, unready))).contains(far);
        assertThat(picker.pick(List.of(unready))).isEmpty();
    }

    private static Endpoint endpoint(String zone, boolean ready, List<String> hints) throws Exception {
        List<InetAddress> addresses = List.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}));
        return new Endpoint(addresses, List.of(), ready, true, false, zone, "", "", hints);
    }
}
