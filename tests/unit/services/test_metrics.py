"""Metrics come out in the text format of Prometheus."""

from bot.services.metrics import Metrics


def test_counters_durations_and_gauges_are_rendered() -> None:
    metrics = Metrics()
    metrics.count("turns", status="answered")
    metrics.count("turns", status="answered")
    metrics.count("turns", status='with "quotes"\nand lines')
    metrics.observe("request", 0.02, route="/")
    metrics.observe("request", 7.0, route="/")
    metrics.watch("outages", lambda: 3)

    lines = metrics.render().splitlines()

    assert 'mianzheng_turns_total{status="answered"} 2' in lines
    assert r'mianzheng_turns_total{status="with \"quotes\"\nand lines"} 1' in lines
    assert 'mianzheng_request_seconds_bucket{route="/",le="0.01"} 0' in lines
    assert 'mianzheng_request_seconds_bucket{route="/",le="0.025"} 1' in lines
    assert 'mianzheng_request_seconds_bucket{route="/",le="+Inf"} 2' in lines
    assert 'mianzheng_request_seconds_count{route="/"} 2' in lines
    assert "mianzheng_outages 3" in lines


def test_nothing_counted_is_nothing_to_show() -> None:
    assert Metrics().render() == "\n"
