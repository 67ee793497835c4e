package io.cordon.agent.os.windows.accounts;

import java.security.SecureRandom;

/** Passwords that nobody ever types. */
final class Passwords {
    /** 40 of 76 characters are about 250 bits. */
    static final int LENGTH = 40;

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String SYMBOLS = "!#%*+,-./:=?@_";
    private static final String ALL = UPPER + LOWER + DIGITS + SYMBOLS;

    private Passwords() {}

    /**
     * Every password that Windows' complexity rule allows is equally likely: characters are drawn without bias, and what
     * lacks a class is drawn anew as a whole.
     */
    static char[] random(SecureRandom random) {
        char[] password = new char[LENGTH];
        do {
            for (int i = 0; i < LENGTH; i++) {
                password[i] = ALL.charAt(random.nextInt(ALL.length()));
            }
        } while (!complex(password));
        return password;
    }

    static boolean complex(char[] password) {
        return has(password, UPPER) && has(password, LOWER) && has(password, DIGITS) && has(password, SYMBOLS);
    }

    private static boolean has(char[] password, String alphabet) {
        for (char each : password) {
            if (alphabet.indexOf(each) >= 0) {
                return true;
            }
        }
        return false;
    }
}
