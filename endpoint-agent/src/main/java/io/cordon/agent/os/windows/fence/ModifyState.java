package io.cordon.agent.os.windows.fence;

import java.util.Optional;

/**
 * The answer of {@code INetFwPolicy2::get_LocalPolicyModifyState}.
 *
 * @param result the raw HRESULT: 0 is S_OK, 1 is S_FALSE (true of some of the active profiles only)
 * @param state NET_FW_MODIFY_STATE
 */
public record ModifyState(int result, int state) {
    /** Why rules that are made here do not hold everywhere; empty only for S_OK with NET_FW_MODIFY_STATE_OK. */
    public Optional<String> problem() {
        if (result == 1) {
            return Optional.of("rules made here hold for some of the active profiles only");
        }
        if (result != 0) {
            return Optional.of(
                    String.format("Windows Firewall does not say whether rules made here hold (0x%08X)", result));
        }
        return switch (state) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of("a group policy overrides rules made here; make the rules of group \"" + FirewallRule.GROUP
                        + "\" by that policy");
            case 2 -> Optional.of("Windows Firewall blocks everything inbound, whatever rules made here say");
            default -> Optional.of("Windows Firewall is in modify state " + state + " (expected: 0)");
        };
    }
}
