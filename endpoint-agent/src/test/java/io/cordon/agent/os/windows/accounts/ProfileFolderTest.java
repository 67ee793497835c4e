package io.cordon.agent.os.windows.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default profile must never be hidden with a sandbox account's. */
class ProfileFolderTest {
    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\CordonOffline, false, true",
        "c:\\users\\cordonoffline, false, true",
        "C:\\Users\\CordonOffline.DESK-1, false, true",
        "C:\\Users\\CordonOffline.000, false, true",
        "C:\\Users\\CordonOffline, true, false",
        "C:\\Users\\Default, false, false",
        "C:\\Users\\TEMP, false, false",
        "C:\\Users\\TEMP.DESK-1, false, false",
        "C:\\Users\\CordonOfflineX, false, false",
        "C:\\Users\\ada\\CordonOffline, false, false",
        "C:\\Users\\CordonOffline.x\\sub, false, false",
        "D:\\Users\\CordonOffline, false, false",
    })
    void onlyTheAccountsOwnIsHidden(String folder, boolean temporary, boolean expected) {
        assertEquals(expected, ProfileFolder.mayHide("CordonOffline", folder, "C:\\Users", temporary));
    }
}
