package io.cordon.agent.telemetry.gateway.event;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A metric reduced to its total: how many data points, their sum, and for histograms how many values. */
final class MetricTotals {
    private MetricTotals() {}

    static Map<String, Object> of(Metric metric) {
        Map<String, Object> totals = new HashMap<>();
        List<NumberDataPoint> numbers = numbers(metric);
        List<HistogramDataPoint> histograms = metric.getHistogram().getDataPointsList();
        double sum = numbers.stream().mapToDouble(MetricTotals::value).sum()
                + histograms.stream().mapToDouble(HistogramDataPoint::getSum).sum();
        totals.put("points", (long) numbers.size() + histograms.size());
        totals.put("sum", Double.isFinite(sum) ? sum : 0.0);
        if (!histograms.isEmpty()) {
            totals.put(
                    "count",
                    histograms.stream().mapToLong(HistogramDataPoint::getCount).sum());
        }
        if (!metric.getUnit().isEmpty()) {
            totals.put("unit", metric.getUnit());
        }
        return totals;
    }

    static long lastTime(Metric metric) {
        return Math.max(
                numbers(metric).stream()
                        .mapToLong(NumberDataPoint::getTimeUnixNano)
                        .max()
                        .orElse(0),
                metric.getHistogram().getDataPointsList().stream()
                        .mapToLong(HistogramDataPoint::getTimeUnixNano)
                        .max()
                        .orElse(0));
    }

    private static List<NumberDataPoint> numbers(Metric metric) {
        return metric.hasSum()
                ? metric.getSum().getDataPointsList()
                : metric.getGauge().getDataPointsList();
    }

    private static double value(NumberDataPoint point) {
        return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }
}
