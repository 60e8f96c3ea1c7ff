using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Makes the adapter of a pool class at run time: a struct with one field of that very class and methods that call the
/// class's own methods. The loop over it calls, and inlines, what a program would that names the class in its source.
/// Kinds registered from outside get the same.
/// </summary>
internal static class PoolAdapters
{
    /// <summary>The name of the emitted assemblies. This assembly makes its internals visible to it.</summary>
    private const string EmittedAssembly = "KretPool.Emitted";

    private static readonly ConcurrentDictionary<Type, Type> s_adapters = new();

    /// <summary>Whether pools are called through their interface because no code can be made at run time.</summary>
    public static bool AreInterfaces => !RuntimeFeature.IsDynamicCodeCompiled;

    /// <summary>The adapter type for a pool.</summary>
    /// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
    /// <typeparam name="T">The object type.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <returns>A struct type that implements <see cref="IPoolAdapter{TItem}"/>.</returns>
    public static Type For<TItem, T>(IObjectPool<T> pool)
        where TItem : struct, IItem<TItem, T> =>
        AreInterfaces ? typeof(InterfaceAdapter<TItem, T>) : s_adapters.GetOrAdd(pool.GetType(), Emit<TItem, T>);

    private static Type Emit<TItem, T>(Type poolType)
        where TItem : struct, IItem<TItem, T>
    {
        // In the load context of the pool's own assembly, which alone is sure to find it again by name.
        using var context = AssemblyLoadContext.GetLoadContext(poolType.Assembly)!.EnterContextualReflection();
        var type = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName(EmittedAssembly), AssemblyBuilderAccess.Run)
            .DefineDynamicModule(EmittedAssembly)
            .DefineType(
                $"Adapter<{poolType.Name}>",
                TypeAttributes.NotPublic | TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
                typeof(ValueType),
                [typeof(IPoolAdapter<TItem>)]);
        var pool = type.DefineField("_pool", poolType, FieldAttributes.Private);

        var bind = Implement(type, typeof(IPoolAdapter<TItem>).GetMethod(nameof(IPoolAdapter<>.Bind))!);
        bind.Emit(OpCodes.Ldarg_0);
        bind.Emit(OpCodes.Ldarg_1);
        bind.Emit(OpCodes.Castclass, poolType);
        bind.Emit(OpCodes.Stfld, pool);
        bind.Emit(OpCodes.Ret);

        MethodInfo openOne = typeof(TItem).GetMethod(nameof(IItem<,>.Open), [typeof(TItem).MakeByRefType()])!;
        MethodInfo openMany = typeof(TItem).GetMethod(nameof(IItem<,>.Open), [typeof(Span<TItem>)])!;
        MethodInfo toReadOnly = typeof(Span<T>).GetMethod("op_Implicit", [typeof(Span<T>)])!;
        Forward("TryRent", [typeof(TItem).MakeByRefType()], [typeof(T).MakeByRefType()], il =>
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, openOne);
        });
        Forward("Return", [typeof(TItem)], [typeof(T)], il =>
        {
            il.Emit(OpCodes.Ldarga_S, (byte)1);
            il.Emit(OpCodes.Call, openOne);
            il.Emit(OpCodes.Ldobj, typeof(T));
        });
        Forward("Rent", [typeof(Span<TItem>)], [typeof(Span<T>)], il =>
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, openMany);
        });
        Forward("Return", [typeof(Span<TItem>)], [typeof(ReadOnlySpan<T>)], il =>
        {
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, openMany);
            il.Emit(OpCodes.Call, toReadOnly);
        });
        return type.CreateType();

        void Forward(string name, Type[] adapterSignature, Type[] poolSignature, Action<ILGenerator> loadArgument)
        {
            var il = Implement(type, typeof(IPoolAdapter<TItem>).GetMethod(name, adapterSignature)!);
            var target = Target(poolType, typeof(IObjectPool<T>).GetMethod(name, poolSignature)!);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, pool);
            loadArgument(il);
            il.Emit(target.DeclaringType!.IsInterface ? OpCodes.Callvirt : OpCodes.Call, target);
            il.Emit(OpCodes.Ret);
        }
    }

    private static ILGenerator Implement(TypeBuilder type, MethodInfo method)
    {
        var body = type.DefineMethod(
            method.Name,
            MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig,
            method.ReturnType,
            Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType));
        body.SetImplementationFlags(MethodImplAttributes.AggressiveInlining);
        type.DefineMethodOverride(body, method);
        return body.GetILGenerator();
    }

    // The class's own method; the interface's where the class hides its own by implementing it explicitly. The call is
    // then made on a field of the exact class, which the compiler resolves where the class is sealed.
    private static MethodInfo Target(Type poolType, MethodInfo method)
    {
        var map = poolType.GetInterfaceMap(method.DeclaringType!);
        var target = map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
        return target.IsPublic ? target : method;
    }
}
