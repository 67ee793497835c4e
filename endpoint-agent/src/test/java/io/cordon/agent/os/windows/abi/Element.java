package io.cordon.agent.os.windows.abi;

import java.util.List;

/**
 * One mapped thing and what has to be true of the headers for it.
 *
 * @param kind what the summary counts it as
 * @param name in messages: the Java class, and the member
 * @param symbol the C name that the headers must declare, by which {@link Lacking} knows it
 * @param type whether the symbol names a type rather than a value or function
 * @param headers to include, in this order
 * @param language of the assertion: vtables are structures in C alone, templates exist in C++ alone
 * @param assertion declarations that compile only if mapping and headers agree
 */
record Element(
        Kind kind,
        String name,
        String symbol,
        boolean type,
        List<String> headers,
        Language language,
        String assertion) {

    /** Singular and plural are the same word but for the letter that the summary adds. */
    enum Kind {
        STRUCTURE("structure"),
        FIELD("field"),
        FUNCTION("function"),
        CALLBACK("callback"),
        CONSTANT("constant"),
        GUID("GUID"),
        SLOT("vtable slot");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String counted(long count) {
            return count + " " + word + (count == 1 ? "" : "s");
        }
    }

    enum Language {
        C("c", "x86_64-w64-mingw32-gcc", "-std=gnu17"),
        CPP("cpp", "x86_64-w64-mingw32-g++", "-std=gnu++20"),
        /** C++ in which a GUID is a constant. */
        GUIDS("guids.cpp", "x86_64-w64-mingw32-g++", "-std=gnu++20");

        final String extension;
        final String compiler;
        final String standard;

        Language(String extension, String compiler, String standard) {
            this.extension = extension;
            this.compiler = compiler;
            this.standard = standard;
        }
    }

    Element {
        headers = List.copyOf(headers);
    }

    /** A declaration that compiles if and only if the headers know the symbol. */
    String probe(int number) {
        return type
                ? "typedef " + symbol + " probe_" + number + ";"
                : "typedef __typeof__(" + symbol + ") probe_" + number + ";";
    }

    static Element of(Kind kind, String name, String symbol, List<String> headers, String assertion) {
        return new Element(kind, name, symbol, false, headers, Language.CPP, assertion);
    }

    static Element ofType(Kind kind, String name, String symbol, List<String> headers, String assertion) {
        return new Element(kind, name, symbol, true, headers, Language.CPP, assertion);
    }

    Element in(Language other) {
        return new Element(kind, name, symbol, type, headers, other, assertion);
    }
}
