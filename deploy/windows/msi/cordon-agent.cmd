@echo off
rem The agent from the command line, with its own runtime: enroll, status, uninstall, version.
"%~dp0..\runtime\bin\java.exe" -XX:+UseSerialGC -Xmx96m -XX:TieredStopAtLevel=1 -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -Dslf4j.internal.verbosity=ERROR -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=%~dp0." "-Dcordon.home=%~dp0.." -cp "%~dp0..\lib\*" io.cordon.agent.main.CordonAgent %*
