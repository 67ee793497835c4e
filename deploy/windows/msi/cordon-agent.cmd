@echo off
rem The agent from the command line, with its own runtime: enroll, status, uninstall, version.
setlocal
rem What a user set for other programs must not load code into an administrator's.
set JAVA_TOOL_OPTIONS=
set JDK_JAVA_OPTIONS=
set _JAVA_OPTIONS=
"%~dp0..\runtime\bin\java.exe" -XX:+UseSerialGC -Xmx96m -XX:TieredStopAtLevel=1 -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -Dslf4j.internal.verbosity=ERROR -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=%~dp0." "-Dcordon.home=%~dp0.." -cp "%~dp0..\lib\*" io.cordon.agent.main.CordonAgent %*
