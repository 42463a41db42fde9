using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace FunctionTune.Functions.Tests;

/// <summary>The functions of the app as its assembly declares them: the host knows no others.</summary>
internal static class FunctionsOfTheApp
{
    /// <summary>Every function: its name and its method.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> All { get; } =
        typeof(HostOptions)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()?.Name, Method: method))
            .Where(function => function.Name is not null)
            .ToDictionary(function => function.Name!, function => function.Method, StringComparer.Ordinal);

    /// <summary>The functions with a trigger of a kind, each with its trigger.</summary>
    /// <typeparam name="T">The trigger's attribute.</typeparam>
    public static IReadOnlyDictionary<string, T> By<T>()
        where T : Attribute =>
        All.Select(function => (function.Key, Trigger: Trigger<T>(function.Value)))
            .Where(function => function.Trigger is not null)
            .ToDictionary(function => function.Key, function => function.Trigger!, StringComparer.Ordinal);

    private static T? Trigger<T>(MethodInfo method)
        where T : Attribute =>
        method
            .GetParameters()
            .Select(parameter => parameter.GetCustomAttribute<T>())
            .FirstOrDefault(t => t is not null);
}
