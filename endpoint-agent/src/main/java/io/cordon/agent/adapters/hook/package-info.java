/**
 * The hooks of coding agents: what each vendor's says, read into one form, and how each is answered. Everything a hook says is the
 * agent's word. Pure: nothing here decides.
 */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.hook;
