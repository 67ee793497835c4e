package io.cordon.agent.os.windows.win32;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The C headers that a mapping was written from, which the ABI check compares it with: sizes, offsets, values, slots and signatures.
 *
 * <p>What each kind of mapping is, follows from its Java type and name: a {@code Structure} or {@code Union}, a
 * {@code StdCallLibrary} (the functions of one DLL), and classes of constants whose names end in {@code Constants},
 * {@code Guids} or {@code Slots}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Header {
    /** Headers as in {@code #include}, the first being the one that declares the mapped thing; others for what it needs. */
    String[] value();

    /** The C type's name where it differs from the Java class: a structure's, or the COM interface of {@code Slots}. */
    String type() default "";
}
