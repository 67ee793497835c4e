package io.cordon.policy.model;

/**
 * What a confined process is and gets.
 *
 * @param debugging whether processes of one run may trace each other
 */
public record ProcessRules(Limits limits, EnvironmentRules environment, boolean debugging) {}
