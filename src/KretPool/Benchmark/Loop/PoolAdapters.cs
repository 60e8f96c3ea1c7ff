using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Makes the adapter of a pool class at run time: a struct with one field of that very class and methods that call the
/// class's own methods. A generic method over a class shares its code with all classes; over a struct it is compiled for
/// that struct alone, so the loop calls, and inlines, what a program would that names the class in its source. Kinds
/// registered from outside get the same.
/// </summary>
internal static class PoolAdapters
{
    /// <summary>The name of the emitted assemblies. This assembly makes its internals visible to it.</summary>
    internal const string EmittedAssembly = "KretPool.Emitted";

    private static readonly ConcurrentDictionary<Type, Type> s_adapters = new();

    /// <summary>The adapter type for a pool.</summary>
    /// <typeparam name="T">The object type.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <returns>A struct type that implements <see cref="IPoolAdapter{T}"/>.</returns>
    public static Type For<T>(IObjectPool<T> pool) =>
        RuntimeFeature.IsDynamicCodeCompiled
            ? s_adapters.GetOrAdd(pool.GetType(), Emit<T>)
            : typeof(InterfaceAdapter<T>);

    private static Type Emit<T>(Type poolType)
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
                [typeof(IPoolAdapter<T>)]);
        var pool = type.DefineField("_pool", poolType, FieldAttributes.Private);

        foreach (var method in typeof(IPoolAdapter<T>).GetMethods())
        {
            var il = Implement(type, method);
            if (method.Name == nameof(IPoolAdapter<>.Bind))
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Castclass, poolType);
                il.Emit(OpCodes.Stfld, pool);
            }
            else
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldfld, pool);
                il.Emit(OpCodes.Ldarg_1);
                var target = Target<T>(poolType, method);
                il.Emit(target.DeclaringType!.IsInterface ? OpCodes.Callvirt : OpCodes.Call, target);
            }

            il.Emit(OpCodes.Ret);
        }

        return type.CreateType();
    }

    private static ILGenerator Implement(TypeBuilder type, MethodInfo method)
    {
        var body = type.DefineMethod(
            method.Name,
            MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig,
            method.ReturnType,
            Signature(method));
        body.SetImplementationFlags(MethodImplAttributes.AggressiveInlining);
        type.DefineMethodOverride(body, method);
        return body.GetILGenerator();
    }

    // The class's own method; the interface's where the class hides its own by implementing it explicitly. The call is
    // then made on a field of the exact class, which the compiler resolves where the class is sealed.
    private static MethodInfo Target<T>(Type poolType, MethodInfo method)
    {
        var map = poolType.GetInterfaceMap(typeof(IObjectPool<T>));
        int index = Array.FindIndex(
            map.InterfaceMethods, other => other.Name == method.Name && Signature(other).SequenceEqual(Signature(method)));
        return map.TargetMethods[index].IsPublic ? map.TargetMethods[index] : map.InterfaceMethods[index];
    }

    private static Type[] Signature(MethodInfo method) =>
        Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);
}
