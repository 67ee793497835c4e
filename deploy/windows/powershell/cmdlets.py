"""What Cordon's scripts call and did not define: cmdlets with the parameters that Microsoft documents for Windows PowerShell 5.1, and
programs of Windows. Whoever uses another one looks it up and adds it here. Aliases are not here: they differ between versions.
"""

COMMON = {"ErrorAction", "Verbose", "WhatIf", "Confirm"}

CMDLETS = {
    "Add-Content": {"Path", "Value", "Encoding", "Force"},
    "Add-Type": {"AssemblyName", "TypeDefinition"},
    "ConvertTo-Json": {"InputObject", "Depth", "Compress"},
    "Copy-Item": {"Path", "Destination", "Force", "Recurse"},
    "ForEach-Object": {"Process", "MemberName"},
    "Get-Acl": {"Path"},
    "Get-ChildItem": {"Path", "Filter", "Force", "Recurse", "Directory", "File"},
    "Get-Command": {"Name"},
    "Get-Content": {"Path", "Raw", "Encoding"},
    "Get-Date": {"Format"},
    "Get-Item": {"Path", "Force"},
    "Get-ItemProperty": {"Path", "Name"},
    "Get-LocalGroup": {"Name", "SID"},
    "Get-LocalUser": {"Name", "SID"},
    "Get-NetFirewallRule": {"DisplayName", "Group", "Name"},
    "Get-NetIPAddress": {"AddressFamily", "IPAddress"},
    "Get-Process": {"Name", "Id"},
    "Get-ScheduledTask": {"TaskName", "TaskPath"},
    "Get-ScheduledTaskInfo": {"TaskName", "TaskPath"},
    "Get-Service": {"Name"},
    "Invoke-CimMethod": {"ClassName", "MethodName", "Arguments"},
    "Move-Item": {"Path", "Destination", "Force"},
    "New-Item": {"Path", "ItemType", "Value", "Target", "Name", "Force"},
    "New-Object": {"TypeName", "ArgumentList", "ComObject", "Property"},
    "New-ScheduledTaskAction": {"Execute", "Argument", "WorkingDirectory"},
    "New-ScheduledTaskSettingsSet": {"AllowStartIfOnBatteries", "DontStopIfGoingOnBatteries"},
    "Out-Null": set(),
    "Pop-Location": set(),
    "Push-Location": {"Path"},
    "Register-ScheduledTask": {"TaskName", "Action", "Settings", "User", "RunLevel", "Force"},
    "Remove-Item": {"Path", "Force", "Recurse"},
    "Rename-Item": {"Path", "NewName", "Force"},
    "Resolve-DnsName": {"Name", "Type", "Server"},
    "Select-Object": {"First", "Last", "Property"},
    "Select-String": {"Pattern", "Path", "Quiet", "SimpleMatch"},
    "Set-Content": {"Path", "Value", "Encoding", "Force"},
    "Sort-Object": {"Property", "Unique", "Descending"},
    "Start-Process": {"FilePath", "ArgumentList", "PassThru", "WindowStyle", "Wait"},
    "Start-ScheduledTask": {"TaskName", "TaskPath"},
    "Start-Sleep": {"Seconds", "Milliseconds"},
    "Stop-Process": {"Id", "Name", "Force"},
    "Test-Connection": {"ComputerName", "Count", "Quiet"},
    "Test-Path": {"Path", "PathType"},
    "Unregister-ScheduledTask": {"TaskName", "TaskPath"},
    "Where-Object": {"Property", "FilterScript", "EQ", "NE", "Like", "NotLike", "Match"},
    "Write-Host": {"Object", "NoNewline"},
}

PROGRAMS = {"cmd", "cmd.exe", "git", "icacls", "netsh", "powershell.exe", "takeown", "wsl.exe"}

# Set by PowerShell itself (about_Automatic_Variables).
AUTOMATIC = {"_", "args", "error", "executioncontext", "false", "home", "input", "lastexitcode", "matches", "null", "pid", "psboundparameters",
             "pscommandpath", "psitem", "psscriptroot", "psversiontable", "pwd", "this", "true"}
# Read by PowerShell itself.
PREFERENCES = {"erroractionpreference", "outputencoding", "progresspreference"}
