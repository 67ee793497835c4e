@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.claudecode;
