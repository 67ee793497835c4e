@org.jspecify.annotations.NullMarked
package io.cordon.agent.os.windows.service;
