/*
 * What we map and the mingw-w64 headers lack: each declared here from what is published, and announced by a line
 *
 *   LACKING(NAME, "reason; source of the value")
 *   LACKING_EXPORT(dll, NAME, "reason; source")    for a function missing in mingw-w64's import library
 *
 * Only an announced name is compiled with this file; one that the headers have after all, or that nothing maps, is an error.
 */
#define LACKING(name, why)
#define LACKING_EXPORT(dll, name, why)

