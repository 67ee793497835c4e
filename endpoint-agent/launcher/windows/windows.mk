# Programs for Windows, cross-compiled. Another folder adds its own by a file probe/*.mk that uses WIN, WIN_CC, WIN_CFLAGS and WIN_LDFLAGS.
WIN_CC ?= x86_64-w64-mingw32-gcc
WINDRES ?= x86_64-w64-mingw32-windres
WIN = $(OUT)/windows
WIN_CFLAGS = -std=c11 -O2 -g0 -Wall -Wextra -Werror -fstack-protector-strong -ffunction-sections -fdata-sections \
	-DUNICODE -D_UNICODE -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000000
# Static: only DLLs of the system. No time stamp: the same source gives the same bytes.
WIN_LDFLAGS = -static -fstack-protector-strong -municode -Wl,--dynamicbase,--nxcompat,--high-entropy-va,--no-insert-timestamp,--gc-sections -s
WIN_CORDON = cordon.c hook.c hook_inside.c hook_windows.c inside_windows.c os_windows.c channel_windows.c console_windows.c utf16.c $(COMMON)

windows: $(WIN)/cordon.exe $(WIN)/cordon-console.exe

$(WIN)/cordon.exe: $(WIN_CORDON:%.c=$(WIN)/obj/%.o) $(WIN)/obj/windows/cordon.res.o
	@echo "LINK $(@F)"
	@$(WIN_CC) -o $@ $^ $(WIN_LDFLAGS) -ladvapi32

# Of the graphical kind: as one of the console's, Windows would give it a console that nobody wants.
$(WIN)/cordon-console.exe: $(WIN)/obj/console/console.o $(WIN)/obj/console/console.res.o
	@echo "LINK $(@F)"
	@$(WIN_CC) -o $@ $^ $(WIN_LDFLAGS) -mwindows

$(WIN)/obj/%.o: %.c $(HEADERS)
	@mkdir -p $(@D)
	@$(WIN_CC) $(WIN_CFLAGS) -c -o $@ $<

$(WIN)/obj/%.res.o: %.rc windows/cordon.manifest version.h
	@mkdir -p $(@D)
	@$(WINDRES) -I windows -O coff -o $@ $<

$(WIN)/pipe-bridge.exe: $(WIN)/obj/test/windows/pipe_bridge.o $(WIN)/obj/test/windows/bridge_service.o
	@echo "LINK $(@F)"
	@$(WIN_CC) -o $@ $^ $(WIN_LDFLAGS) -ladvapi32

$(WIN)/odd-caller.exe: $(WIN)/obj/test/windows/odd_caller.o
	@echo "LINK $(@F)"
	@$(WIN_CC) -o $@ $^ $(WIN_LDFLAGS)

check-windows: windows $(WIN)/pipe-bridge.exe $(WIN)/odd-caller.exe
	python3 -W error test/windows/test_cordon_exe.py $(WIN)

.PHONY: windows check-windows
