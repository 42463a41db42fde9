using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FunctionTune.Conventions.Tests.Metadata;

/// <summary>
/// Which type of an assembly uses which, read from its metadata: bases, fields, signatures, constraints, attributes, and
/// every instruction of every method.
/// </summary>
internal sealed class AssemblyUses
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly HashSet<Use> _uses = [];
    private readonly SignatureTypes _signatures;
    private TypeName _user = new("", "");

    private AssemblyUses(PEReader file)
    {
        (_file, _reader) = (file, file.GetMetadataReader());
        _signatures = new SignatureTypes(type => Add(NameOf(type)));
    }

    /// <summary>Every use in an assembly, those of the compiler's own code included.</summary>
    public static IReadOnlyCollection<Use> Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var uses = new AssemblyUses(file);
        foreach (TypeDefinitionHandle handle in uses._reader.TypeDefinitions)
        {
            uses._user = uses.NameOf(handle);
            uses.AddType(uses._reader.GetTypeDefinition(handle));
        }

        return uses._uses;
    }

    private void AddType(TypeDefinition type)
    {
        AddEntity(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddConstraints(type.GetGenericParameters());
        foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
        {
            AddEntity(_reader.GetInterfaceImplementation(handle).Interface);
        }

        foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            field.DecodeSignature(_signatures, genericContext: true);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (PropertyDefinition property in type.GetProperties().Select(_reader.GetPropertyDefinition))
        {
            AddAttributes(property.GetCustomAttributes());
        }

        foreach (MethodDefinition method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            AddMethod(method);
        }
    }

    private void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(_signatures, genericContext: true);
        AddAttributes(method.GetCustomAttributes());
        AddConstraints(method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = _file.GetMethodBody(method.RelativeVirtualAddress);
        AddEntity(body.LocalSignature);
        foreach (ExceptionRegion region in body.ExceptionRegions.Where(r => r.Kind == ExceptionRegionKind.Catch))
        {
            AddEntity(region.CatchType);
        }

        foreach (EntityHandle handle in IlTokens.In(body.GetILBytes()!))
        {
            AddEntity(handle);
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            AddEntity(_reader.GetCustomAttribute(handle).Constructor);
        }
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameter parameter in parameters.Select(_reader.GetGenericParameter))
        {
            foreach (GenericParameterConstraintHandle handle in parameter.GetConstraints())
            {
                AddEntity(_reader.GetGenericParameterConstraint(handle).Type);
            }
        }
    }

    private void AddEntity(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case var _ when handle.IsNil:
                break;
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                Add(NameOf(handle));
                break;
            case HandleKind.TypeSpecification:
                _reader
                    .GetTypeSpecification((TypeSpecificationHandle)handle)
                    .DecodeSignature(_signatures, genericContext: true);
                break;
            case HandleKind.StandaloneSignature:
                AddSignature(_reader.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                Add(NameOf(method.GetDeclaringType()), _reader.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = _reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                Add(NameOf(field.GetDeclaringType()), _reader.GetString(field.Name));
                break;
            case HandleKind.MemberReference:
                AddMember(_reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(_signatures, genericContext: true);
                AddEntity(generic.Method);
                break;
            default:
                throw new InvalidOperationException($"Unexpected {handle.Kind}.");
        }
    }

    private void AddMember(MemberReference member)
    {
        if (member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition)
        {
            Add(NameOf(member.Parent), _reader.GetString(member.Name));
        }
        else
        {
            AddEntity(member.Parent);
        }

        if (member.GetKind() == MemberReferenceKind.Method)
        {
            member.DecodeMethodSignature(_signatures, genericContext: true);
        }
        else
        {
            member.DecodeFieldSignature(_signatures, genericContext: true);
        }
    }

    private void AddSignature(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
        {
            signature.DecodeLocalSignature(_signatures, genericContext: true);
        }
        else
        {
            signature.DecodeMethodSignature(_signatures, genericContext: true);
        }
    }

    private void Add(TypeName used, string member = "")
    {
        if (used != _user)
        {
            _uses.Add(new Use(_user, used, member));
        }
    }

    private TypeName NameOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            TypeReference reference = _reader.GetTypeReference((TypeReferenceHandle)handle);
            return reference.ResolutionScope.Kind == HandleKind.TypeReference
                ? NameOf(reference.ResolutionScope)
                : Name(reference.Namespace, reference.Name);
        }

        TypeDefinition definition = _reader.GetTypeDefinition((TypeDefinitionHandle)handle);
        return definition.GetDeclaringType() is { IsNil: false } outer
            ? NameOf(outer)
            : Name(definition.Namespace, definition.Name);
    }

    private TypeName Name(StringHandle space, StringHandle name) =>
        new(_reader.GetString(space), _reader.GetString(name).Split('`')[0]);
}
