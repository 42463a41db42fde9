using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionTune.Conventions.Tests.PublicApi;

/// <summary>All that an assembly shows, as sorted text: a line for each type, and under it one for each member.</summary>
internal static class ApiText
{
    private const BindingFlags Shown =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>The text.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly
            .GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type =>
                Members(type)
                    .Order(StringComparer.Ordinal)
                    .Prepend($"{type.Namespace}: {Kind(type)} {TypeText.Of(type)}")
            );

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Shown)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(Text)
            .OfType<string>()
            .Select(text => $"    {text}");

    private static string? Text(MemberInfo member) =>
        member switch
        {
            ConstructorInfo c when IsShown(c) => $"{TypeText.Of(c.DeclaringType!)}({Parameters(c)})",
            MethodInfo m when IsShown(m) && (!m.IsSpecialName || IsOperator(m)) =>
                $"{Static(m)}{TypeText.Of(m.ReturnType)} {m.Name}({Parameters(m)})",
            PropertyInfo p when p.GetMethod is { } get && IsShown(get) =>
                $"{Static(get)}{TypeText.Of(p.PropertyType)} {p.Name} {{ get;{Setter(p)} }}",
            FieldInfo f when f is { IsPublic: true, IsSpecialName: false } => Field(f),
            EventInfo e => $"event {TypeText.Of(e.EventHandlerType!)} {e.Name}",
            _ => null,
        };

    private static string Field(FieldInfo field) =>
        field.IsLiteral
            ? string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {field.GetRawConstantValue()}")
            : $"{(field.IsStatic ? "static " : "")}{TypeText.Of(field.FieldType)} {field.Name}";

    private static string Setter(PropertyInfo property) =>
        property.SetMethod is not { } set || !IsShown(set) ? ""
        : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;"
        : " set;";

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOperator(MethodInfo method) =>
        method.Name.StartsWith("op_", StringComparison.Ordinal)
        && method.Name is not ("op_Equality" or "op_Inequality");

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method.GetParameters().Select(p => $"{TypeText.Of(p.ParameterType)} {p.Name}{(p.IsOptional ? "?" : "")}")
        );

    private static string Kind(Type type) =>
        type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "class",
            _ => "open class",
        };
}
