function Get-PwshPath {
    <#
    .SYNOPSIS
        Tells the program that starts another PowerShell like this one.
    #>
    [OutputType([string])]
    param()

    # Installed as a .NET tool, PowerShell runs inside dotnet.
    $program = [System.Environment]::ProcessPath
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'pwsh') {
        $program
    } else {
        (Get-Command -Name pwsh -CommandType Application -TotalCount 1 -ErrorAction Stop).Source
    }
}

Export-ModuleMember -Function Get-PwshPath
