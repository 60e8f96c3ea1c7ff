using System.Management.Automation;
using System.Reflection;
using KretPool.Memory;
using KretPool.Pools;

namespace KretPool.Cmdlets;

/// <summary>New-ObjectPool: a pool of objects for scripts.</summary>
[Cmdlet(VerbsCommon.New, "ObjectPool", DefaultParameterSetName = FactorySet)]
[OutputType(typeof(ScriptPool))]
public sealed class NewObjectPoolCommand : KretPoolCmdlet
{
    private const string FactorySet = "Factory";
    private const string TypeSet = "Type";
    private const string NativeSet = "Native";
    private const string ObjectsSet = "Objects";

    private static readonly ScriptBlock s_callWithErrors = ScriptBlock.Create("& $args[0] 2>&1");

    private readonly List<object> _objects = [];
    private readonly ScriptTurn _turn = ScriptTurn.Current;

    /// <summary>Makes one object. It is called for each object here and now.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FactorySet)]
    public ScriptBlock Factory { get; set; } = null!;

    /// <summary>The type of the objects: a .NET name or one of PowerShell's short ones.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TypeSet)]
    [ArgumentCompleter(typeof(TypeNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string TypeName { get; set; } = "";

    /// <summary>Arguments of the type's constructor.</summary>
    [Parameter(ParameterSetName = TypeSet)]
    [AllowEmptyCollection]
    public object?[]? ArgumentList { get; set; } = [];

    /// <summary>Bytes of each block of native memory, from 1 to 65536. Each CPU's share is on its own NUMA node.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NativeSet)]
    public int ObjectSize { get; set; }

    /// <summary>What the address of each block is a multiple of: a power of two from 1 to 65536, a cache line at least.</summary>
    [Parameter(ParameterSetName = NativeSet)]
    public int Alignment { get; set; } = 64;

    /// <summary>Whether to use huge pages where the system gives them.</summary>
    [Parameter(ParameterSetName = NativeSet)]
    public SwitchParameter HugePages { get; set; }

    /// <summary>Existing objects. They stay the caller's and are released only by -Release.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectsSet)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>How many objects, from 1 to 16777216. Twice the number of CPUs without it.</summary>
    [Parameter(ParameterSetName = FactorySet)]
    [Parameter(ParameterSetName = TypeSet)]
    [Parameter(ParameterSetName = NativeSet)]
    [PSDefaultValue(Help = "twice the number of CPUs")]
    public int Capacity { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>The algorithm to run on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string Kind { get; set; } = "KretPool";

    /// <summary>The pool's name. A new one is made up without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>Called for each object on its return, with the object as $_.</summary>
    [Parameter]
    public ScriptBlock? Reset { get; set; }

    /// <summary>Called for each object at the end, with the object as $_. Without it the pool disposes of what it made.</summary>
    [Parameter]
    public ScriptBlock? Release { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _turn.RunDue();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectsSet)
        {
            _objects.Add(ScriptPool.Unwrap(InputObject)!);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var kind = FindKind();
        if (Name.Length == 0)
        {
            Name = ScriptPools.NextName;
        }

        RequireFreeName();
        if (ParameterSetName != ObjectsSet && Capacity is < 1 or > PoolOptions<object>.MaxCapacity)
        {
            Fail(
                new ArgumentOutOfRangeException(
                    nameof(Capacity), Capacity, $"A pool holds from 1 to {PoolOptions<object>.MaxCapacity} objects."),
                "CapacityOutOfRange", ErrorCategory.InvalidArgument, Capacity);
        }

        var content = MakeContent();
        try
        {
            var pool = new ScriptPool(Name, kind, content, _turn, Reset);
            if (!ScriptPools.TryAdd(pool))
            {
                pool.Close();
                RequireFreeName();
            }

            WriteObject(pool);
        }
        catch (ArgumentException e)
        {
            if (ParameterSetName != ObjectsSet)
            {
                ReleaseAll(content);
            }

            Fail(e, "InvalidObjects", ErrorCategory.InvalidArgument, Name);
        }
    }

    private PoolKind FindKind()
    {
        try
        {
            return PoolKindCatalogue.Get(Kind);
        }
        catch (ArgumentException e)
        {
            Fail(e, "UnknownPoolKind", ErrorCategory.ObjectNotFound, Kind);
            throw;
        }
    }

    private void RequireFreeName()
    {
        if (ScriptPools.Contains(Name))
        {
            Fail(
                new InvalidOperationException(
                    $"There is a pool named '{Name}' already. Choose another name, or close it with Remove-ObjectPool."),
                "PoolNameExists", ErrorCategory.ResourceExists, Name);
        }
    }

    private ScriptPoolContent MakeContent()
    {
        switch (ParameterSetName)
        {
            case ObjectsSet:
                return new ScriptPoolContent([.. _objects], MakeOneMore: null, ReleaseBlock());
            case NativeSet:
                var blocks = AllocateBlocks();
                object[] addresses = [.. blocks.Addresses.ToArray().Select(address => (object)address)];
                return new ScriptPoolContent(addresses, MakeOneMore: null, ReleaseBlock(), blocks);
            case TypeSet:
                var type = FindType();
                return Make(() => Construct(type), () => Construct(type));
            default:
                return Make(RunFactory, RunFactoryInTurn);
        }
    }

    // What was made before a factory failed is released.
    private ScriptPoolContent Make(Func<object> make, Func<object> makeOneMore)
    {
        var release = ReleaseBlock() ?? (item => (item as IDisposable)?.Dispose());
        try
        {
            while (_objects.Count < Capacity && !Stopping)
            {
                _objects.Add(make());
            }
        }
        catch
        {
            ReleaseAll(new ScriptPoolContent([.. _objects], null, release));
            throw;
        }

        var content = new ScriptPoolContent([.. _objects], makeOneMore, release);
        if (Stopping)
        {
            ReleaseAll(content);
            throw new PipelineStoppedException();
        }

        return content;
    }

    private object RunFactory()
    {
        var (objects, errors) = CallFactory();
        errors.ForEach(WriteError);
        if (objects is [{ } item])
        {
            return item;
        }

        Fail(FactoryOutput(objects.Count, errors), "FactoryOutput", ErrorCategory.InvalidResult, Factory);
        return null;
    }

    // A kind that grows calls later, when this cmdlet has ended, and maybe from another runspace.
    private object RunFactoryInTurn()
    {
        if (!_turn.IsNow)
        {
            throw new NotThisTurnException();
        }

        var (objects, errors) = CallFactory();
        return objects is [{ } item] ? item : throw FactoryOutput(objects.Count, errors);
    }

    // Errors that do not end the factory would go to the console, past the caller.
    private (List<object?> Objects, List<ErrorRecord> Errors) CallFactory()
    {
        List<object?> objects = [];
        List<ErrorRecord> errors = [];
        foreach (object? output in s_callWithErrors.Invoke(Factory))
        {
            object? item = ScriptPool.Unwrap(output);
            if (item is ErrorRecord error)
            {
                errors.Add(error);
            }
            else
            {
                objects.Add(item);
            }
        }

        return (objects, errors);
    }

    private static InvalidOperationException FactoryOutput(int count, List<ErrorRecord> errors) => new(
        $"The factory has to output one object each time it is called; it gave {count}."
        + (errors.Count > 0 ? $" It reported: {errors[^1]}"
            : " PowerShell takes collections apart: write a comma before one, as in { , [System.Collections.ArrayList]::new() }."));

    private Type FindType()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            Fail(
                new ArgumentException(
                    $"There is no type '{TypeName}'. Give its full name, and load its assembly first if it is not PowerShell's."),
                "TypeNotFound", ErrorCategory.ObjectNotFound, TypeName);
        }

        return type;
    }

    private object Construct(Type type)
    {
        try
        {
            object?[] arguments = [.. (ArgumentList ?? []).Select(ScriptPool.Unwrap)];
            return Activator.CreateInstance(type, arguments)
                ?? throw new MissingMethodException($"The type '{TypeName}' makes no object.");
        }
        catch (Exception e) when (e is MissingMethodException or MemberAccessException or NotSupportedException)
        {
            Fail(
                new ArgumentException(
                    $"No '{TypeName}' can be made from {ArgumentList?.Length ?? 0} arguments of these types: {e.Message}", e),
                "NoConstructor", ErrorCategory.InvalidArgument, TypeName);
            throw;
        }
        catch (TargetInvocationException e)
        {
            Fail(e.InnerException ?? e, "ConstructorFailed", ErrorCategory.InvalidResult, TypeName);
            throw;
        }
    }

    private NativeBlocks AllocateBlocks()
    {
        try
        {
            return NativeBlocks.Allocate(Capacity, ObjectSize, Alignment, HugePages);
        }
        catch (ArgumentOutOfRangeException e)
        {
            Fail(e, "InvalidBlocks", ErrorCategory.InvalidArgument, e.ActualValue);
            throw;
        }
        catch (InsufficientMemoryException e)
        {
            Fail(e, "OutOfMemory", ErrorCategory.ResourceUnavailable, (long)Capacity * ObjectSize);
            throw;
        }
    }

    private Action<object>? ReleaseBlock() => Release is { } block ? item => _turn.RunOrDefer(block, item) : null;

    private static void ReleaseAll(ScriptPoolContent content)
    {
        foreach (object item in content.Objects)
        {
            content.ReleaseObject?.Invoke(item);
        }

        content.Blocks?.Dispose();
    }
}
