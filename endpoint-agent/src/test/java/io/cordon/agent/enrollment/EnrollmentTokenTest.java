package io.cordon.agent.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrollmentTokenTest {
    @Test
    void whiteSpaceAroundATokenIsIgnored() {
        String text = new TestAuthority("fleet").token();
        EnrollmentToken token = assertInstanceOf(
                        EnrollmentToken.Parsed.Token.class, EnrollmentToken.parse(" " + text + "\n"))
                .token();
        assertEquals(text, token.text());
        assertEquals("ABCDEFGHIJKLMNOP", token.id());
        assertEquals(64, token.pin().length());
        assertFalse(token.toString().contains("sss"), "the secret does not show");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not an enrollment token",
        "cet2.x, is not an enrollment token",
        "cet1.ABCDEFGHIJKLMNOP.short.short, is damaged",
        "cet1.ABCDEFGHIJKLMN0P.sssssssssssssssssssssssssssssssssssssssssss.ttttttttttttttttttttttttttttttttttttttttttt, damaged"
    })
    void saysWhatIsWrongWithoutQuotingIt(String text, String says) {
        String message = assertInstanceOf(EnrollmentToken.Parsed.NotAToken.class, EnrollmentToken.parse(text))
                .message();
        assertTrue(message.contains(says), message);
        assertFalse(message.contains("ssssss"), message);
    }
}
