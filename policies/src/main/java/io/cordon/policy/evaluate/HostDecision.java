package io.cordon.policy.evaluate;

import io.cordon.policy.model.Decision;

/**
 * The decision on a host and port.
 *
 * @param rule {@code network-online}, {@code network-offline}, {@code loopback:<port>}, {@code host-allow:<host>},
 *     {@code host-deny:<host>}, {@code method-not-allowed:<host>}, {@code host-not-allowed} or {@code invalid-host}
 * @param reason one sentence for people
 * @param host the host in its one form, or as given when it has none
 */
public record HostDecision(Decision decision, String rule, String reason, String host) {}
