package dev.waypost.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a Service says of its ways in from outside")
class ExternalFieldsTest {
    private static Service read(JsonDocument document) throws IOException {
        return ResourceKind.SERVICES.read(document);
    }

    private static JsonDocument service(String spec, String status) throws IOException {
        String json = "{\"status\":" + status + ",\"spec\":" + spec
                + ",\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\"}}";
        return new JsonDocument(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("spec first, then status, whatever the order of the fields; each address once")
    void givenAddressesStandBeforeAssignedOnes() throws IOException {
        Service service = read(
                service(
                        "{\"externalIPs\":[\"203.0.113.2\",\"::ffff:203.0.113.2\"]}",
                        "{\"loadBalancer\":{\"ingress\":[{\"ip\":\"203.0.113.1\",\"ports\":[],\"ipMode\":\"VIP\"},"
                                + "{\"ip\":\"203.0.113.2\"},{\"hostname\":\"LB.example.net\"},{\"hostname\":\"lb.example.net\"}]}}"));
        assertThat(service.external().ips()).hasToString("[203.0.113.2, 203.0.113.1]");
        assertThat(service.external().hostnames()).hasToString("[LB.example.net.]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {}",
                "null | null",
                "{\"externalIPs\":null} | {\"loadBalancer\":null}",
                "{\"externalIPs\":[]} | {\"loadBalancer\":{\"ingress\":null},\"conditions\":[{\"a\":{}}]}",
                "{} | {\"loadBalancer\":{\"ingress\":[null,{},{\"ip\":null,\"hostname\":\"\"}]}}",
            })
    void serviceWithoutAWayInSharesOneValue(String spec, String status) throws IOException {
        JsonDocument document = service(spec, status);
        assertThat(read(document).external()).isSameAs(ExternalAddresses.NONE);
        assertThat(document.takeFault()).isNull();
        assertThat(document.takeLeftOutCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"externalIPs\":[\"web.example\"]} | {} | externalIPs wants addresses, found \"web.example\"",
                "{} | {\"loadBalancer\":{\"ingress\":[{\"ip\":\"1.2.3\"}]}} | ingress.ip wants an address, found \"1.2.3\"",
                "{} | {\"loadBalancer\":{\"ingress\":[{\"hostname\":\"a..b\"}]}} | ingress.hostname wants a domain name, found \"a..b\"",
            })
    void whatIsNoAddressIsLeftOutAndTheServiceStays(String spec, String status, String problem) throws IOException {
        JsonDocument document = service(spec, status);
        assertThat(read(document).external().isEmpty()).isTrue();
        assertThat(document.takeFault()).isNull();
        assertThat(document.takeLeftOut()).endsWith(problem);
    }
}
