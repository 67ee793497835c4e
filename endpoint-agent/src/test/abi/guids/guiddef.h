/*
 * Stands before the real one where GUIDs are compared, so that their bytes are constants for static_assert. Only there: headers may
 * declare a GUID twice, but define it once.
 */
#include_next <guiddef.h>
#undef DEFINE_GUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
  inline constexpr GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
