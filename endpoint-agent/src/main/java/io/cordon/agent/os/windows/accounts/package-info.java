/**
 * The sandbox accounts: a local group and three users that exist only so that the system can tell confined processes apart.
 * Planning what to change, the passwords and who may log on when are pure; {@code win32} calls the local security authority.
 */
@NullMarked
package io.cordon.agent.os.windows.accounts;

import org.jspecify.annotations.NullMarked;
