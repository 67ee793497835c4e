# The table. A row is an attempt by PowerShell code, run inside the boundary through cordon.exe, and code that tells from outside
# whether it had an effect. Control = $true: the same attempt outside must have its effect, or the row proves nothing.
# $W holds the workspace, $H the profile, $P the canary's port, $V a process to attack. Number = the pitfall or section it shows.
$Rows = @(
  @{ Number = '-';   Name = 'write the workspace';                     Works = $true
     Try = { Set-Content "$W\made.txt" 'x' };                          Effect = { Test-Path "$W\made.txt" } }
  @{ Number = '15';  Name = 'replace and delete a file of the workspace'; Works = $true
     Try = { Set-Content "$W\a" 1; Set-Content "$W\b" 2; Move-Item -Force "$W\a" "$W\b"; Remove-Item "$W\b"; Set-Content "$W\gone" 1 }
     Effect = { (Test-Path "$W\gone") -and -not (Test-Path "$W\b") } }
  @{ Number = '12';  Name = 'PowerShell starts';                       Works = $true
     Try = { Set-Content "$W\ps.txt" $PSVersionTable.PSVersion };      Effect = { Test-Path "$W\ps.txt" } }
  @{ Number = '19';  Name = 'git works on a foreign repository';       Works = $true; Needs = 'git'
     Try = { git -C $W status --porcelain > "$W\status.txt"; if ($LASTEXITCODE -eq 0) { Set-Content "$W\git.ok" 1 } }
     Effect = { Test-Path "$W\git.ok" } }
  @{ Number = '21';  Name = 'a run has a desktop of its own';          Works = $true
     Try = { Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.SystemInformation]::UserInteractive | Set-Content "$W\desktop.txt" }
     Effect = { Test-Path "$W\desktop.txt" } }
  @{ Number = '16';  Name = 'the profile is the account''s own';       Works = $true
     Try = { Set-Content "$W\profile.txt" $env:USERPROFILE };          Effect = { (Get-Content "$W\profile.txt" -ErrorAction SilentlyContinue) -like '*\Cordon*' } }
  @{ Number = '2.4'; Name = 'write a Git hook';                        Control = $true
     Try = { Set-Content "$W\.git\hooks\pre-commit" 'evil' };          Effect = { Test-Path "$W\.git\hooks\pre-commit" } }
  @{ Number = '2.4'; Name = 'rename the folder that holds the hooks';  Control = $true
     Try = { Rename-Item "$W\.git" old; New-Item -Force -ItemType Directory "$W\.git\hooks"; Set-Content "$W\.git\hooks\pre-commit" 'evil' }
     Effect = { Test-Path "$W\.git\hooks\pre-commit" } }
  @{ Number = '2.4'; Name = 'write the Git configuration by a hard link'; Control = $true
     Try = { New-Item -ItemType HardLink -Path "$W\link" -Target "$W\.git\config"; Add-Content "$W\link" '[evil]' }
     Effect = { (Get-Content "$W\.git\config" -Raw) -like '*evil*' } }
  @{ Number = '-';   Name = 'create a protected folder that did not exist'; Control = $true
     Try = { New-Item -Force -ItemType Directory "$W\.codex"; Set-Content "$W\.codex\config.toml" 'evil' }; Effect = { Test-Path "$W\.codex\config.toml" } }
  @{ Number = '1';   Name = 'change the access list of a protected folder'; Control = $true
     Try = { icacls "$W\.git\hooks" /grant '*S-1-1-0:(OI)(CI)F'; Set-Content "$W\.git\hooks\x" 'evil' }; Effect = { Test-Path "$W\.git\hooks\x" } }
  @{ Number = '-';   Name = 'take ownership of a protected folder';    Control = $true
     Try = { takeown /f "$W\.git\hooks"; icacls "$W\.git\hooks" /reset; Set-Content "$W\.git\hooks\y" 'evil' }; Effect = { Test-Path "$W\.git\hooks\y" } }
  @{ Number = '14';  Name = 'PowerShell has its language mode as outside'; Works = $true
     Try = { Set-Content "$W\mode.txt" "$($ExecutionContext.SessionState.LanguageMode)" }; Effect = { (Get-Content "$W\mode.txt" -ErrorAction SilentlyContinue) -eq "$($ExecutionContext.SessionState.LanguageMode)" } }
  @{ Number = '24';  Name = 'antivirus leaves what a run makes alone';   Works = $true
     Try = { Copy-Item "$env:SystemRoot\System32\whoami.exe" "$W\tool.exe"; & "$W\tool.exe" | Set-Content "$W\who.txt" }; Effect = { (Get-Content "$W\who.txt" -ErrorAction SilentlyContinue) -like '*cordon*' } }
  @{ Number = '-';   Name = 'write to the profile';                    Control = $true
     Try = { Set-Content "$H\cordon-conformance.txt" 'evil' };         Effect = { Test-Path "$H\cordon-conformance.txt" } }
  @{ Number = '-';   Name = 'write outside by a junction';             Control = $true
     Try = { New-Item -ItemType Junction -Path "$W\j" -Target "$O"; Set-Content "$W\j\marker" 'evil' }; Effect = { Test-Path "$O\marker" } }
  @{ Number = '-';   Name = 'write to the root of the drive';          Control = $true
     Try = { Set-Content "$env:SystemDrive\cordon-conformance.txt" 'evil' }; Effect = { Test-Path "$env:SystemDrive\cordon-conformance.txt" } }
  @{ Number = '18';  Name = 'read a denied file';                      Control = $true
     Try = { Copy-Item "$H\.ssh\id_conformance" "$W\stolen" };         Effect = { Test-Path "$W\stolen" } }
  @{ Number = '18';  Name = 'read a denied file through a junction';   Control = $true
     Try = { New-Item -ItemType Junction -Path "$W\s" -Target "$H\.ssh"; Copy-Item "$W\s\id_conformance" "$W\stolen" }; Effect = { Test-Path "$W\stolen" } }
  @{ Number = '-';   Name = 'read the agent''s data';                  Control = $true
     Try = { Copy-Item "$D\ledger\changes.log" "$W\stolen" };          Effect = { Test-Path "$W\stolen" } }
  @{ Number = '-';   Name = 'start a run from inside a run';           Control = $true
     Try = { & $Cordon run '--' cmd /c "echo x > made-inside" };         Effect = { Test-Path "$W\made-inside" } }
  @{ Number = '26';  Name = 'leave a process behind'
     Try = { Start-Process powershell.exe "-NoProfile -Command Start-Sleep 5; Set-Content '$W\late' x" }; Effect = { Start-Sleep 8; Test-Path "$W\late" } }
  @{ Number = '-';   Name = 'leave the job';                           Control = $true
     Try = { Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = "cmd /c echo x > `"$W\by-wmi`"" }; Start-Sleep 3 }; Effect = { Test-Path "$W\by-wmi" } }
  @{ Number = '-';   Name = 'end a process outside';                   Control = $true
     Try = { Stop-Process -Force -Id $V };                             Effect = { $Victim.HasExited } }
  @{ Number = '-';   Name = 'more processes than the limit'
     Try = { for ($i = 0; $i -lt 100; $i++) { Start-Process -WindowStyle Hidden cmd.exe '/c ping -n 20 127.0.0.1' }; if ((Get-Process -Name @('ping', 'cmd') -ErrorAction SilentlyContinue).Count -gt 100) { Set-Content "$W\many" 1 } }
     Effect = { Test-Path "$W\many" } }
  @{ Number = '2.3'; Name = 'TCP to this machine''s own address';      Control = $true
     Try = { (New-Object Net.Sockets.TcpClient).Connect($A, $P); Set-Content "$W\tcp" 1 };  Effect = { Test-Path "$W\tcp" } }
  @{ Number = '2.3'; Name = 'TCP to loopback';                         Control = $true
     Try = { (New-Object Net.Sockets.TcpClient).Connect('127.0.0.1', $P); Set-Content "$W\tcp" 1 }; Effect = { Test-Path "$W\tcp" } }
  @{ Number = '2.3'; Name = 'TCP by an address of the other family';   Control = $true
     Try = { $c = New-Object Net.Sockets.TcpClient([Net.Sockets.AddressFamily]::InterNetworkV6); $c.Client.DualMode = $true; $c.Connect('::ffff:127.0.0.1', $P); Set-Content "$W\tcp6" 1 }
     Effect = { Test-Path "$W\tcp6" } }
  @{ Number = '2.3'; Name = 'UDP to a name server';                    Control = $true
     Try = { $u = New-Object Net.Sockets.UdpClient; $u.Connect($A, 53); $null = $u.Send([byte[]](1, 2), 2); Set-Content "$W\udp" 1 }; Effect = { Test-Path "$W\udp" } }
  @{ Number = '28';  Name = 'listen';                                  Control = $true
     Try = { $l = New-Object Net.Sockets.TcpListener([Net.IPAddress]::Any, 0); $l.Start(); Set-Content "$W\listen" 1 }; Effect = { Test-Path "$W\listen" } }
  @{ Number = '2.3'; Name = 'DECLARED: names through the DNS client';  Declared = $true
     Try = { Resolve-DnsName -Name 'localhost' -ErrorAction Stop; Set-Content "$W\dns" 1 }; Effect = { Test-Path "$W\dns" } }
  @{ Number = '2.3'; Name = 'DECLARED: ping';                          Declared = $true
     Try = { if (Test-Connection 127.0.0.1 -Count 1 -Quiet) { Set-Content "$W\ping" 1 } }; Effect = { Test-Path "$W\ping" } }
  @{ Number = '29';  Name = 'DECLARED: WSL';                           Declared = $true; Needs = 'wsl'
     Try = { wsl.exe '--' touch 'made-by-wsl' };                           Effect = { Test-Path "$W\made-by-wsl" } }
)
