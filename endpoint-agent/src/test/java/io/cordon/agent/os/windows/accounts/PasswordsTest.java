package io.cordon.agent.os.windows.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final int MANY = 4000;

    @Test
    void isLongAndComplexAndUsesEveryCharacterAboutAsOften() {
        SecureRandom random = new SecureRandom();
        Map<Character, Integer> counts = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            char[] password = Passwords.random(random);
            assertTrue(password.length >= 32);
            assertTrue(Passwords.complex(password));
            for (char each : password) {
                counts.merge(each, 1, Integer::sum);
            }
        }
        assertEquals(76, counts.size());
        double expected = (double) MANY * Passwords.LENGTH / counts.size();
        // Seven standard deviations: once in a hundred million runs by chance, always with the modulo bias of one byte.
        double tolerance = 7 * Math.sqrt(expected);
        counts.forEach((character, count) ->
                assertTrue(Math.abs(count - expected) < tolerance, character + ": " + count + " of about " + expected));
    }

    @Test
    void aMissingClassIsNotComplex() {
        assertFalse(Passwords.complex("abcABC123".toCharArray()));
        assertFalse(Passwords.complex("abc123!".toCharArray()));
        assertFalse(Passwords.complex("ABC123!".toCharArray()));
        assertFalse(Passwords.complex("abcABC!".toCharArray()));
        assertTrue(Passwords.complex("aA1!".toCharArray()));
    }
}
