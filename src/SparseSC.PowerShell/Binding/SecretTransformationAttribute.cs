using System.Management.Automation;
using System.Security;

namespace SparseSC.PowerShell.Binding;

/// <summary>Takes a secret as a SecureString and refuses plain text, without repeating it.</summary>
/// <remarks>PowerShell's own refusal would print the text.</remarks>
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        PropertyReader.Unwrap(inputData) is null or SecureString
            ? inputData
            : throw new ArgumentTransformationMetadataException(
                "A secret is taken as a SecureString, because plain text stays in histories and transcripts. Read it with Read-Host -AsSecureString, or with Get-Secret, or leave it to the environment.");
}
