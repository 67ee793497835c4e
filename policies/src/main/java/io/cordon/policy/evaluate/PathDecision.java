package io.cordon.policy.evaluate;

import io.cordon.policy.model.Decision;

/**
 * The decision on a path.
 *
 * @param rule {@code default} (reading what is not denied), {@code root:<pattern>}, {@code read-deny:<pattern>},
 *     {@code protected:<pattern>}, {@code outside-roots} or {@code invalid-path}
 * @param reason one sentence for people
 * @param path the absolute, normalised path that was decided on
 */
public record PathDecision(Decision decision, String rule, String reason, String path) {}
