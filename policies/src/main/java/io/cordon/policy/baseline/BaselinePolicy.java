package io.cordon.policy.baseline;

/**
 * A policy of the library.
 *
 * @param intent the paragraph that says for whom it is and what it holds back
 * @param yaml the document, ready to be published
 * @param casesYaml inputs with the decisions expected of it
 */
public record BaselinePolicy(String name, String title, String intent, String yaml, String casesYaml) {}
