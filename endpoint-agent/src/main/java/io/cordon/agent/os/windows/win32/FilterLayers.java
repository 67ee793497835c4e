package io.cordon.agent.os.windows.win32;

import com.sun.jna.platform.win32.Guid.GUID;
import io.cordon.agent.os.windows.fence.Layer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The layers of the fence under Windows' names, and keys in Windows' form. */
final class FilterLayers {
    private FilterLayers() {}

    static GUID guid(Layer layer) {
        return guid(
                switch (layer) {
                    case CONNECT_V4 -> FwpmGuids.FWPM_LAYER_ALE_AUTH_CONNECT_V4;
                    case CONNECT_V6 -> FwpmGuids.FWPM_LAYER_ALE_AUTH_CONNECT_V6;
                    case LISTEN_V4 -> FwpmGuids.FWPM_LAYER_ALE_AUTH_LISTEN_V4;
                    case LISTEN_V6 -> FwpmGuids.FWPM_LAYER_ALE_AUTH_LISTEN_V6;
                    case BIND_V4 -> FwpmGuids.FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V4;
                    case BIND_V6 -> FwpmGuids.FWPM_LAYER_ALE_RESOURCE_ASSIGNMENT_V6;
                    case ACCEPT_V4 -> FwpmGuids.FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V4;
                    case ACCEPT_V6 -> FwpmGuids.FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V6;
                });
    }

    static Optional<Layer> layer(GUID guid) {
        return Arrays.stream(Layer.values())
                .filter(layer -> text(guid(layer)).equals(text(guid)))
                .findFirst();
    }

    static GUID guid(String text) {
        return GUID.fromString("{" + text + "}");
    }

    static GUID guid(UUID key) {
        return guid(key.toString());
    }

    static UUID uuid(GUID guid) {
        return UUID.fromString(text(guid));
    }

    /** As in {@link FwpmGuids}. */
    static String text(GUID guid) {
        String braced = guid.toGuidString();
        return braced.substring(1, braced.length() - 1).toLowerCase(Locale.ROOT);
    }
}
