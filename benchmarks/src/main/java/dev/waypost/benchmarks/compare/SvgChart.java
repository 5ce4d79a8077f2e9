package dev.waypost.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/** Two bars for each server: CPU time of a query, user and system, and queries a second. */
record SvgChart(String title, List<Bar> bars) {
    private static final int LEFT = 110;
    private static final int WIDTH = 260;
    private static final int SECOND = LEFT + WIDTH + 90;
    private static final int ROW = 26;
    private static final int TOP = 70;

    SvgChart {
        bars = List.copyOf(bars);
    }

    /** A server's figures. */
    record Bar(String label, double userMicros, double systemMicros, double perSecond) {}

    /** The chart as SVG. */
    String text() {
        double mostMicros = bars.stream()
                .mapToDouble(bar -> bar.userMicros() + bar.systemMicros())
                .max()
                .orElse(1);
        double mostPerSecond = bars.stream().mapToDouble(Bar::perSecond).max().orElse(1);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                SECOND + WIDTH + 90,
                TOP + ROW * bars.size() + 15));
        label(svg, 15, 25, title);
        label(svg, LEFT, 52, "server CPU per query, µs: user, then system");
        label(svg, SECOND, 52, "queries/s");
        int y = TOP;
        for (Bar bar : bars) {
            label(svg, 15, y + 14, bar.label());
            double user = WIDTH * bar.userMicros() / mostMicros;
            double system = WIDTH * bar.systemMicros() / mostMicros;
            rectangle(svg, LEFT, y, user, "#1f6feb");
            rectangle(svg, LEFT + user, y, system, "#a5c8f5");
            label(svg, LEFT + user + system + 6, y + 14, "%.2f + %.2f", bar.userMicros(), bar.systemMicros());
            double rate = WIDTH * bar.perSecond() / mostPerSecond;
            rectangle(svg, SECOND, y, rate, "#2da44e");
            label(svg, SECOND + rate + 6, y + 14, "%,.0f", bar.perSecond());
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void rectangle(StringBuilder svg, double x, int y, double width, String fill) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                fill));
    }

    private static void label(StringBuilder svg, double x, int y, String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>%n", x, y, text));
    }
}
