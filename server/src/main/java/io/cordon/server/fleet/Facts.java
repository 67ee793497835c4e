package io.cordon.server.fleet;

/** What a machine says of itself. */
public record Facts(String hostname, String os, String osVersion, String arch, String agentVersion) {}
