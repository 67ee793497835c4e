/**
 * The service {@code CordonAgent}: its registration, its life under the service control manager, its event source, its folders
 * and secrets, its settings, and what is looked at before anything is changed. Everything is pure over small interfaces.
 */
@NullMarked
package io.cordon.agent.os.windows.service;

import org.jspecify.annotations.NullMarked;
