package io.cordon.agent.broker;

import java.util.concurrent.atomic.LongAdder;

/** What the broker counts since its start. */
final class Counters {
    final LongAdder allowed = new LongAdder();
    final LongAdder denied = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder lost = new LongAdder();
}
