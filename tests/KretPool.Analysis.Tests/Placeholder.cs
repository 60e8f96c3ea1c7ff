namespace KretPool.Analysis.Tests;
