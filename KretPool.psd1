@{
    RootModule           = 'lib/KretPool.Cmdlets.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6b1f4f0e-7f0b-4a53-9d0e-5b1f6f2a7c11'
    Author               = 'The KretPool authors'
    CompanyName          = 'The KretPool authors'
    Copyright            = 'Copyright (c) 2026 The KretPool authors. MIT licence.'
    Description          = 'Measures how object pools scale on this machine, NUMA node by NUMA node, and brings a lockless NUMA-aware pool.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('module/types/Topology.types.ps1xml')
    FormatsToProcess     = @(
        'module/formats/Analysis.format.ps1xml'
        'module/formats/Benchmark.format.ps1xml'
        'module/formats/Pools.format.ps1xml'
        'module/formats/Topology.format.ps1xml'
    )
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Compare-PoolResult'
        'Export-CpuTopology'
        'Export-PoolReport'
        'Find-PoolRegression'
        'Get-CpuTopology'
        'Get-ObjectPool'
        'Get-PoolKind'
        'Get-PoolResult'
        'Import-PoolResult'
        'Invoke-PoolBenchmark'
        'Measure-PoolCapacity'
        'Measure-PoolScaling'
        'New-ObjectPool'
        'Remove-ObjectPool'
        'Save-PoolResult'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('ObjectPool', 'NUMA', 'Benchmark', 'Performance', 'Topology', 'Lockless', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The first version. CHANGELOG.md in the module folder tells what is in it.'
        }
    }
}
