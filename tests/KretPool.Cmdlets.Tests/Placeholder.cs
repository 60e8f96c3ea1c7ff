namespace KretPool.Cmdlets.Tests;
