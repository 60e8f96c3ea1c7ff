namespace KretPool.Benchmark.Run;

/// <summary>Does something with a pool that may be anybody's, so that what it throws fails its own trial and no other.</summary>
internal static class Attempt
{
    /// <summary>Does it, unless the trial has failed before. What is thrown fails the trial; cancellation goes through.</summary>
    /// <param name="lane">The trial.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancel">The sweep's. What a pool throws is never taken for it.</param>
    public static void On(Lane lane, Action action, CancellationToken cancel)
    {
        if (lane.Error is not null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A third party's pool may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            lane.Error = e;
        }
    }
}
