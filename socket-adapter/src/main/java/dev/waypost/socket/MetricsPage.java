package dev.waypost.socket;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Every measurement in Prometheus's text format 0.0.4, the one that every scraper reads. */
final class MetricsPage implements HttpEndpoint.Page {
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    @Override
    public HttpReply reply(Served served) {
        MetricFamilies families = new MetricFamilies();
        served.collect(families::add);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, families.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the octets go to memory
        }
        return new HttpReply(200, writer.getContentType(), text.toByteArray());
    }
}
