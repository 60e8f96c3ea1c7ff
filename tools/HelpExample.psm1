# The examples of the pages in docs/cmdlets: reading them, and running one as it stands there.

$script:pagesFolder = Join-Path $PSScriptRoot '../docs/cmdlets'

$script:exampleText = [regex]::new(
    '^### (?<title>Example [^\n]+)\n(?<body>.*?)(?=^### |^## )', 'Multiline, Singleline')
$script:setupText = [regex]::new('<!--\s*setup\b(?<script>.*?)-->', 'Singleline')
$script:codeText = [regex]::new('^```powershell\n(?<code>.*?)^```', 'Multiline, Singleline')
$script:outputText = [regex]::new('^```output\n(?<output>.*?)^```\n', 'Multiline, Singleline')
$script:beforeExamples = [regex]::new('^## EXAMPLES\n(?<before>.*?)^### ', 'Multiline, Singleline')

function Get-HelpExample {
    <#
        .SYNOPSIS
        Reads the examples of one cmdlet's page, or of all.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([string] $Cmdlet = '*-*')

    foreach ($page in Get-ChildItem (Join-Path $script:pagesFolder "$Cmdlet.md")) {
        $text = [System.IO.File]::ReadAllText($page.FullName)
        $before = $script:beforeExamples.Match($text).Groups['before'].Value
        foreach ($example in $script:exampleText.Matches($text)) {
            $body = $example.Groups['body'].Value
            @{
                Cmdlet = $page.BaseName
                Page   = $page.FullName
                Title  = $example.Groups['title'].Value
                Text   = $example.Value
                Setup  = $script:setupText.Matches($before + $body).ForEach({ $_.Groups['script'].Value }) -join "`n"
                Code   = $script:codeText.Match($body).Groups['code'].Value
                Output = $script:outputText.Match($body).Groups['output'].Value
            }
        }
    }
}

function Invoke-HelpExample {
    <#
        .SYNOPSIS
        Runs an example in an empty folder and gives what it shows in a console 100 columns wide.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [hashtable] $Example,

        # Keeps measurements short, where the example does not say how long they are.
        [switch] $Quick
    )

    $ErrorActionPreference = 'Stop'
    $WarningPreference = 'SilentlyContinue'
    $PSDefaultParameterValues = @{}
    if ($Quick) {
        $PSDefaultParameterValues['Invoke-PoolBenchmark:IterationTime'] = [timespan]::FromMilliseconds(5)
        $PSDefaultParameterValues['Invoke-PoolBenchmark:WarmupTime'] = [timespan]::FromMilliseconds(2)
        $PSDefaultParameterValues['Invoke-PoolBenchmark:IterationCount'] = 3
    }

    $folder = [System.IO.Directory]::CreateTempSubdirectory('kretpool-example-').FullName
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'

    # PowerShell wraps at words in a language that it knows, and anywhere in none.
    $culture = [cultureinfo]::CurrentCulture
    [cultureinfo]::CurrentCulture = 'en-US'
    Push-Location -LiteralPath $folder
    try {
        $shown = & ([scriptblock]::Create("$($Example.Setup)`n$($Example.Code)")) | Out-String -Width 100
        ($shown -replace '[ \t\r]+(?=\n)').Trim("`n").Replace($folder, '.')
    } finally {
        Get-ObjectPool | Remove-ObjectPool
        Pop-Location
        [cultureinfo]::CurrentCulture = $culture
        $PSStyle.OutputRendering = $rendering
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

Export-ModuleMember -Function Get-HelpExample, Invoke-HelpExample
