<#
.SYNOPSIS
  Provisions this machine with Cordon's confinement, tries to get past it, takes everything back, and writes report.json and report.html.
.DESCRIPTION
  For a machine that may be changed: it makes local users, firewall rules, filters and access control entries, and removes them again.
  Run it from a console opened with "Run as administrator", in Windows PowerShell 5.1 or newer. Exit code 0: every row as it should be.
.PARAMETER Report
  Folder for the reports; this one when left out.
#>
param([string]$Report = $PSScriptRoot)
$ErrorActionPreference = 'Stop'
$Kit = $PSScriptRoot
$Cordon = "$Kit\bin\cordon.exe"
$Java = "$Kit\runtime\bin\java.exe"
$D = "$env:ProgramData\CordonConformance"
$Task = 'CordonConformance'
$Base = "$env:SystemDrive\CordonConformance-work"
$W = "$Base\work"; $O = "$Base\outside"; $H = $env:USERPROFILE
$Results = @()

if (-not ([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
  [Console]::Error.WriteLine('run.ps1: needs an administrator. Open the console with "Run as administrator".'); exit 77
}
if (Get-Service CordonAgent -ErrorAction SilentlyContinue) {
  [Console]::Error.WriteLine('run.ps1: the Cordon agent is installed here. Use a machine without it: the kit makes the same accounts.'); exit 73
}

function Add-Result([string]$Number, [string]$Name, [string]$Outcome, [string]$Detail) {
  $script:Results += [pscustomobject]@{ number = $Number; name = $Name; outcome = $Outcome; detail = $Detail }
  Write-Host ('{0,-9} {1}{2}' -f $Outcome, $Name, $(if ($Detail) { ": $Detail" }))
}

# As the system, as the service would be: who starts processes as other accounts needs its privileges.
function Invoke-AsSystem([string]$Words, [switch]$Wait) {
  $arguments = "/c `"`"$Java`" -XX:+UseSerialGC -Xmx96m --enable-native-access=ALL-UNNAMED `"-Dcordon.home=$Kit`" -cp `"$Kit\lib\*`" io.cordon.agent.main.ConformanceAgent $Words > `"$Base\agent.log`" 2>&1 < NUL`""
  $action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument $arguments
  $settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
  Register-ScheduledTask -Force -TaskName $Task -Action $action -Settings $settings -User 'SYSTEM' -RunLevel Highest | Out-Null
  Start-ScheduledTask -TaskName $Task
  if ($Wait) {
    # 0x41301 (running) and 0x41303 (has not run yet) are no results.
    $said = 0x41303
    for ($i = 0; $i -lt 120 -and $said -in 0x41301, 0x41303; $i++) { Start-Sleep 1; $said = (Get-ScheduledTaskInfo $Task).LastTaskResult }
    if ($said -ne 0) { throw "as system: $Words ended with $said; see $Base\agent.log" }
  }
}

function Reset-Workspace {
  Get-ChildItem -Force $W -ErrorAction SilentlyContinue | Where-Object Name -ne '.git' | ForEach-Object { cmd /c "rmdir /s /q `"$($_.FullName)`" 2>nul & del /f /q `"$($_.FullName)`" 2>nul" }
  foreach ($folder in "$W\.git\hooks", $O, "$H\.ssh") { New-Item -Force -ItemType Directory $folder | Out-Null }
  Set-Content "$W\.git\config" "[core]`n"; Set-Content "$W\.git\HEAD" 'ref: refs/heads/main'
  New-Item -Force -ItemType Directory "$W\.git\objects", "$W\.git\refs" | Out-Null
  Remove-Item -Force -ErrorAction SilentlyContinue "$W\.git\hooks\*", "$O\*", "$H\cordon-conformance.txt", "$env:SystemDrive\cordon-conformance.txt"
  Set-Content "$H\.ssh\id_conformance" 'secret'
  if (-not $script:Victim -or $script:Victim.HasExited) { $script:Victim = Start-Process -PassThru -WindowStyle Hidden cmd.exe '/c pause' }
}

# The attempt as a program of its own: the same text inside the boundary and, as the control, outside.
function Invoke-Attempt($Row, [bool]$Confined) {
  # Else Windows PowerShell 5.1 ends the kit at the first line that an attempt writes to its error output, as most should.
  $ErrorActionPreference = 'Continue'
  $values = @{ W = $W; H = $H; O = $O; D = $D; P = $script:Port; A = $script:Address; V = $script:Victim.Id; Cordon = $Cordon }
  $head = ($values.GetEnumerator() | ForEach-Object { "`$$($_.Key) = '$("$($_.Value)".Replace("'", "''"))'" }) -join '; '
  $script = "$Base\attempt.ps1"
  Set-Content $script "$head`nSet-Content `"`$W\started`" 1`n$($Row.Try)"
  icacls $script /grant '*S-1-5-32-545:R' | Out-Null
  $shell = "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe"
  Push-Location $W
  try {
    if ($Confined) { $output = & $Cordon run '--' $shell -NoProfile -ExecutionPolicy Bypass -File $script 2>&1 }
    else { $output = & $shell -NoProfile -ExecutionPolicy Bypass -File $script 2>&1 }
  } finally { Pop-Location }
  ($output | Select-Object -Last 3) -join ' / '
}

function Test-Row($Row) {
  if ($Row.Needs -and -not (Get-Command $Row.Needs -ErrorAction SilentlyContinue)) { Add-Result $Row.Number $Row.Name 'not shown' "$($Row.Needs) is not on this machine"; return }
  if ($Row.Control) {
    Reset-Workspace
    $said = Invoke-Attempt $Row $false
    if (-not (& $Row.Effect)) { Add-Result $Row.Number $Row.Name 'FAILED' "the control had no effect, so the row proves nothing: $said"; return }
  }
  Reset-Workspace
  $said = Invoke-Attempt $Row $true
  if (-not (Test-Path "$W\started")) { Add-Result $Row.Number $Row.Name 'FAILED' "the attempt was never made: $said"; return }
  $effect = [bool](& $Row.Effect)
  if ($Row.Declared) { Add-Result $Row.Number $Row.Name 'declared' $(if ($effect) { 'open, as stated' } else { 'closed here' }) }
  elseif ($effect -eq [bool]$Row.Works) { Add-Result $Row.Number $Row.Name 'ok' '' }
  else { Add-Result $Row.Number $Row.Name 'FAILED' $(if ($Row.Works) { "does not work: $said" } else { 'ESCAPED' }) }
}

# Windows Firewall keeps what it was given: each property of each rule, read back through INetFwRule3.
function Test-FirewallRules {
  $rules = @((New-Object -ComObject HNetCfg.FwPolicy2).Rules | Where-Object { $_.Grouping -eq 'Cordon' })
  foreach ($account in 'CordonOffline', 'CordonProxy') {
    $list = "*$((Get-LocalUser $account).SID.Value)*"
    $own = @($rules | Where-Object { $_.LocalUserAuthorizedList -like $list })
    $bad = @($own | Where-Object { -not $_.Enabled -or $_.Action -ne 0 -or $_.Profiles -ne 0x7fffffff })
    $ways = @($own | ForEach-Object { $_.Direction } | Sort-Object -Unique)
    $said = ($own | ForEach-Object { "$($_.Name): $($_.Direction) $($_.Protocol) $($_.RemotePorts) $($_.LocalUserAuthorizedList)" }) -join '; '
    Add-Result '7' "firewall rules of $account read back as they were set" $(if ($bad -or $ways.Count -ne 2) { 'FAILED' } else { 'ok' }) $said
  }
}

# What a logon of the sandbox accounts left in sight.
function Test-ProfilesHidden {
  foreach ($folder in Get-ChildItem -Force "$env:SystemDrive\Users" -Filter 'Cordon*') {
    $hidden = ($folder.Attributes -band [IO.FileAttributes]'Hidden, System') -eq [IO.FileAttributes]'Hidden, System'
    Add-Result '23' "the profile $($folder.Name) is hidden" $(if ($hidden) { 'ok' } else { 'FAILED' }) "$($folder.Attributes)"
  }
  $default = (Get-Item -Force "$env:SystemDrive\Users\Public").Attributes -band [IO.FileAttributes]::System
  Add-Result '23' 'no profile of somebody else is hidden' $(if ($default) { 'FAILED' } else { 'ok' }) ''
}

function Test-NothingLeft {
  $users = Get-LocalUser | Where-Object Name -like 'Cordon*'
  Add-Result '6' 'no user is left' $(if ($users) { 'FAILED' } else { 'ok' }) "$($users.Name)"
  $groups = Get-LocalGroup | Where-Object Name -like 'Cordon*'
  Add-Result '6' 'no group is left' $(if ($groups) { 'FAILED' } else { 'ok' }) "$($groups.Name)"
  $rules = Get-NetFirewallRule -ErrorAction SilentlyContinue | Where-Object { $_.DisplayName -like 'Cordon *' -or $_.Group -eq 'Cordon' }
  Add-Result '6' 'no firewall rule is left' $(if ($rules) { 'FAILED' } else { 'ok' }) "$($rules.DisplayName)"
  netsh wfp show filters file="$Base\filters.xml" | Out-Null
  $filters = Select-String -Quiet -SimpleMatch 'Cordon' "$Base\filters.xml"
  Add-Result '6' 'no filter is left' $(if ($filters) { 'FAILED' } else { 'ok' }) ''
  $entries = Get-ChildItem -Force -Recurse $W | Get-Acl | ForEach-Object { $_.Access } | Where-Object { $_.IdentityReference -like '*Cordon*' -or $_.IdentityReference -like 'S-1-5-21-*' -and -not $_.IsInherited }
  Add-Result '6' 'no access control entry is left' $(if ($entries) { 'FAILED' } else { 'ok' }) "$($entries.IdentityReference)"
  $profiles = Get-ChildItem -Force "$env:SystemDrive\Users" -Filter 'Cordon*'
  Add-Result '23' 'no profile is left' $(if ($profiles) { 'FAILED' } else { 'ok' }) "$($profiles.Name)"
}

function Write-Report {
  $build = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $head = [ordered]@{ product = $build.ProductName; build = "$($build.CurrentBuildNumber).$($build.UBR)"; version = "$($build.DisplayVersion)"; at = (Get-Date).ToUniversalTime().ToString('o'); kit = (Get-Content "$Kit\VERSION") }
  [ordered]@{ machine = $head; results = $Results } | ConvertTo-Json -Depth 4 | Set-Content -Encoding UTF8 "$Report\report.json"
  Add-Type -AssemblyName System.Web
  $rows = $Results | ForEach-Object { '<tr class="{0}"><td>{1}</td><td>{2}</td><td>{3}</td><td>{4}</td></tr>' -f (@($_.outcome.Replace(' ', '-')) + @(($_.number, $_.name, $_.outcome, $_.detail) | ForEach-Object { [Web.HttpUtility]::HtmlEncode($_) })) }
  $title = [Web.HttpUtility]::HtmlEncode("Cordon on $($head.product) $($head.version) ($($head.build))")
  "<!doctype html><meta charset=utf-8><title>$title</title><style>body{font:14px sans-serif}td{padding:2px 8px}.FAILED{background:#fbb}.ok{background:#dfd}.declared,.not-shown{background:#ffd}</style><h1>$title</h1><p>$($head.at)</p><table><tr><th>Pitfall<th>Attempt<th>Outcome<th>Detail</tr>$rows</table>" | Set-Content -Encoding UTF8 "$Report\report.html"
}

$script:Listener = $null
try {
  New-Item -Force -ItemType Directory $Base, $W, $O | Out-Null
  $script:Listener = New-Object Net.Sockets.TcpListener([Net.IPAddress]::IPv6Any, 0); $Listener.Server.DualMode = $true; $Listener.Start()
  $script:Port = $Listener.LocalEndpoint.Port
  $script:Address = (Get-NetIPAddress -AddressFamily IPv4 | Where-Object IPAddress -notlike '127.*' | Select-Object -First 1).IPAddress
  if (-not $Address) { $script:Address = '127.0.0.1' }
  Copy-Item "$Kit\policy.yaml" "$Base\policy.yaml"
  Remove-Item -ErrorAction SilentlyContinue "$env:ProgramData\conformance.stop"
  Invoke-AsSystem "run `"$Base\policy.yaml`" `"$D`""
  for ($i = 0; $i -lt 180; $i++) { $state = Get-Content "$D.state" -ErrorAction SilentlyContinue; if ($state -like 'ready*') { break }; Start-Sleep 1 }
  Add-Result '4.8' 'the fence stands and its effect was measured' $(if ($state -like 'ready*') { 'ok' } else { 'FAILED' }) "$state"
  Test-FirewallRules
  . "$Kit\rows.ps1"
  foreach ($row in $Rows) { Test-Row $row }
  Test-ProfilesHidden
} catch {
  Add-Result '-' 'the kit itself' 'FAILED' "$_"
} finally {
  Set-Content "$env:ProgramData\conformance.stop" 1
  for ($i = 0; $i -lt 60 -and (Get-ScheduledTask $Task -ErrorAction SilentlyContinue).State -eq 'Running'; $i++) { Start-Sleep 1 }
  try { Invoke-AsSystem "remove `"$D`"" -Wait; Test-NothingLeft } catch { Add-Result '6' 'everything is taken back' 'FAILED' "$_" }
  Unregister-ScheduledTask -Confirm:$false -TaskName $Task -ErrorAction SilentlyContinue
  if ($Listener) { $Listener.Stop() }
  if ($script:Victim) { Stop-Process -Force -Id $script:Victim.Id -ErrorAction SilentlyContinue }
  Remove-Item -Force -ErrorAction SilentlyContinue "$env:ProgramData\conformance.stop", "$D.state", "$H\.ssh\id_conformance"
  Write-Report
  Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $Base, $D
}
$failed = @($Results | Where-Object outcome -eq 'FAILED').Count
Write-Host "conformance: $(@($Results | Where-Object outcome -eq 'ok').Count) passed, $failed failed"
exit $(if ($failed) { 1 } else { 0 })
