# cordon-probe, for Windows and, to test it, for the machine that builds. Included by ../Makefile, or by itself from the folder
# above: make -f probe/probe.mk check-probe
OUT ?= ../target/launcher
ifeq ($(origin CC),default)
CC = gcc
endif
WIN_CC ?= x86_64-w64-mingw32-gcc
PROBE = probe/probe.c probe/net.c
PROBE_FLAGS = -std=c11 -O2 -g0 -Wall -Wextra -Werror -fstack-protector-strong
# Static: the account that runs it may not see more than the system's own DLLs.
PROBE_WIN_FLAGS = $(PROBE_FLAGS) -D_WIN32_WINNT=0x0A00 -static -municode -s \
	-Wl,--dynamicbase,--nxcompat,--high-entropy-va,--no-insert-timestamp,--gc-sections

windows: $(OUT)/windows/cordon-probe.exe
probe: $(OUT)/cordon-probe

$(OUT)/windows/cordon-probe.exe: $(PROBE) probe/os_windows.c probe/probe.h probe/sock.h
	@mkdir -p $(@D)
	@echo "LINK $(@F)"
	@$(WIN_CC) $(PROBE_WIN_FLAGS) -o $@ $(PROBE) probe/os_windows.c -lws2_32 -liphlpapi -ladvapi32

$(OUT)/cordon-probe: $(PROBE) probe/os_linux.c probe/probe.h probe/sock.h
	@mkdir -p $(@D)
	@echo "LINK $(@F)"
	@$(CC) $(PROBE_FLAGS) -D_GNU_SOURCE -fsanitize=address,undefined -fno-sanitize-recover=all -o $@ $(PROBE) probe/os_linux.c

check-probe: $(OUT)/cordon-probe
	python3 -W error probe/test/test_probe.py $(OUT)/cordon-probe

# Under Wine (WINEPREFIX), which has no fence: that the program runs there and sees what Linux shows it.
check-probe-windows: $(OUT)/windows/cordon-probe.exe
	python3 -W error probe/test/test_probe.py --wine $(OUT)/windows/cordon-probe.exe

.PHONY: windows probe check-probe check-probe-windows
