# The assemblies lie in lib/, in a checkout after a build and in the published module alike.
$assembly = [System.IO.Path]::GetFullPath("$PSScriptRoot/../lib/KretPool.Cmdlets.dll")
if (-not [System.IO.File]::Exists($assembly)) {
    throw "KretPool is not built: there is no '$assembly'. Run 'dotnet build' in the folder of KretPool.psd1 first."
}

Import-Module -Name $assembly
