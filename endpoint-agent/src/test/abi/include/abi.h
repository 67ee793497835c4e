/* Before the headers under test: the Windows version that they describe, and what the generated assertions are made of. */
#define UNICODE
#define _UNICODE
#define _WIN32_WINNT 0x0A00
#define NTDDI_VERSION 0x0A000006 /* Windows 10 1809, the first with pseudo consoles. */
#define SECURITY_WIN32
#include <stddef.h>
#include <winsock2.h>
#include <windows.h>

#ifdef __cplusplus
#include <type_traits>

namespace abi {

/* What a value is to a caller: v(oid), p(ointer), i(nteger or enum), f(loat), s(tructure or union), a(rray), l(ong in two halves). */
template <class T>
constexpr char kind() {
  if constexpr (std::is_same_v<T, LARGE_INTEGER> || std::is_same_v<T, ULARGE_INTEGER>) return 'l';
  else if constexpr (std::is_void_v<T>) return 'v';
  else if constexpr (std::is_reference_v<T> || std::is_pointer_v<T>) return 'p';
  else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) return 'i';
  else if constexpr (std::is_floating_point_v<T>) return 'f';
  else if constexpr (std::is_array_v<T>) return 'a';
  else return 's';
}

/* C before 1999 had to write a 64-bit integer as two halves: it is mapped as either. */
constexpr bool agree(char found, char mapped) {
  return found == mapped || (found == 'l' && (mapped == 'i' || mapped == 's'));
}

template <class T>
constexpr size_t size() {
  if constexpr (std::is_void_v<T>) return 0;
  else if constexpr (std::is_reference_v<T>) return sizeof(void *);
  else return sizeof(T);
}

/* Of what a pointer points to; 0 for nothing, for void and for a type that the header leaves open. */
template <class T>
constexpr size_t pointee() {
  using P = std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>, std::remove_pointer_t<T>>;
  if constexpr (std::is_void_v<P> || std::is_function_v<P>) return 0;
  else if constexpr (requires { sizeof(P); }) return sizeof(P);
  else return 0;
}

struct shape {
  char kind;
  size_t size;
  size_t pointee;
  /* A size of what is pointed to is compared where both sides know one and the header does not just say "bytes". */
  constexpr bool is(char k, size_t s, size_t p) const {
    return agree(kind, k) && size == s && (p == 0 || pointee <= 1 || p == pointee);
  }
  /* The same for a parameter that may be passed wider than it is read, point to more than is written, or be a ULONG_PTR. */
  constexpr bool takes(char k, size_t s, size_t p) const {
    bool wider = kind == 'i' && k == 'i' && size < s;
    bool more = kind == 'p' && k == 'p' && pointee < p;
    bool number = kind == 'i' && k == 'p' && size == s;
    return is(k, s, p) || wider || more || number;
  }
};

template <class T>
constexpr shape shape_of() {
  return {kind<T>(), size<T>(), kind<T>() == 'p' ? pointee<T>() : 0};
}

/* Windows on x64 has one calling convention; a variadic function matches none of these and does not compile. */
template <class F>
struct signature;
template <class R, class... A>
struct signature<R (*)(A...)> {
  static constexpr size_t count = sizeof...(A);
  static constexpr shape result = shape_of<R>();
  static constexpr shape parameters[] = {shape_of<A>()..., shape{}};
};
template <class R, class... A>
struct signature<R (*)(A...) noexcept> : signature<R (*)(A...)> {};

template <class F>
constexpr shape parameter(size_t i) {
  return i < signature<F>::count ? signature<F>::parameters[i] : shape{};
}

struct member {
  bool exists;
  size_t offset;
  size_t size;
  char kind;
};

constexpr bool same(const GUID &guid, GUID other) {
  for (int i = 0; i < 8; i++)
    if (guid.Data4[i] != other.Data4[i]) return false;
  return guid.Data1 == other.Data1 && guid.Data2 == other.Data2 && guid.Data3 == other.Data3;
}

template <class C>
constexpr bool same(const C *text, const char16_t *other) {
  for (; *text && *text == static_cast<C>(*other); text++, other++) {
  }
  return static_cast<char16_t>(*text) == *other;
}

}  // namespace abi

#define ABI_MEMBER(T, path)                                                  \
  abi::member {                                                              \
    true, __builtin_offsetof(T, path), sizeof(static_cast<T *>(nullptr)->path), \
        abi::kind<decltype(static_cast<T *>(nullptr)->path)>()               \
  }
#endif
