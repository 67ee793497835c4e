package io.cordon.agent.egress;

import io.cordon.agent.telemetry.FileSpool;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The proxy by itself, as the agent runs it, for the benchmark: prints its port and the credentials of some runs, and ends with its input. */
final class BenchProxy {
    /** A run records its first 2,000 attempts one by one; with several, recording stays part of what is measured. */
    private static final int RUNS = 32;

    private BenchProxy() {}

    /** @param arguments the folder of the spool */
    public static void main(String[] arguments) throws IOException {
        HostFacts host = new HostFacts("bench", "bench", "linux", "0");
        ResolvedPolicy policy = ProxyFixture.policy("allow: [{host: localhost}, {host: 127.0.0.1}]");
        try (FileSpool spool = FileSpool.open(Path.of(arguments[0]), 256L << 20);
                SpooledEgressLog log = new SpooledEgressLog(spool, () -> host);
                EgressProxy proxy = EgressProxy.start(
                        EgressSettings.DEFAULT,
                        new EgressRuns(log, InstantSource.system()),
                        name -> java.util.List.of(Addresses.ofLiteral("127.0.0.1")),
                        InstantSource.system())) {
            System.out.println(proxy.port());
            for (int i = 0; i < RUNS; i++) {
                ProxyPass pass = proxy.admit(
                        "run-" + i,
                        RunIds.create(null, new SecureRandom()),
                        policy,
                        new Redactor(policy.telemetry(), new byte[32]));
                System.out.println(pass.user() + ":" + pass.secret());
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Until the benchmark is over.
            }
            System.out.println("recorded " + spool.stats().records() + " records, dropped " + log.dropped());
        }
    }
}
