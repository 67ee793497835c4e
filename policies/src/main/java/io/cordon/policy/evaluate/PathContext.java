package io.cordon.policy.evaluate;

/**
 * What the anchors of path patterns stand for in one run; absolute paths.
 *
 * @param os linux, windows or macos: decides separators and whether case matters
 * @param home what {@code ~} stands for
 * @param workspace what <code>${workspace}</code> stands for
 * @param tmp what <code>${tmp}</code> stands for
 * @param cwd what relative paths start from
 */
public record PathContext(String os, String home, String workspace, String tmp, String cwd) {}
