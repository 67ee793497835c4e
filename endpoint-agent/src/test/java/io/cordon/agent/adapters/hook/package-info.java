/** What real agents gave their hooks, and what they are answered. */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.hook;
