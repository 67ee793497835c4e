package io.cordon.agent.os.windows.wine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A test of something that Windows does and Wine only pretends to. {@link WineTests} runs it all the same and lists it by name as
 * not shown; when it passes after all, the run fails, so that it becomes a test like any other ({@code @Tag("wine")}) and the list
 * stays true. On Windows it has to pass.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Tag(NotShownUnderWine.TAG)
@Test
public @interface NotShownUnderWine {
    String TAG = "wine-not-shown";

    /** What Wine does instead. */
    String value();
}
