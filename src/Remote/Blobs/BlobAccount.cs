using Azure.Storage;
using Azure.Storage.Blobs;

namespace FunctionTune.Remote.Blobs;

/// <summary>An account as this process may speak to it.</summary>
/// <param name="Service">Its client.</param>
/// <param name="Key">Its key, when that is how it is spoken to.</param>
/// <param name="IsByIdentity">Whether it is spoken to by the identity of this process.</param>
internal sealed record BlobAccount(BlobServiceClient Service, StorageSharedKeyCredential? Key, bool IsByIdentity);
